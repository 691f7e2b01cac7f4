import { describe, expect, it } from "vitest";
import type { ContextNode } from "../../../../src/core/context/contextContents.js";
import type { ContextFinding, FindingReason } from "../../../../src/core/context/contextFinding.js";
import {
  acceptContext,
  type AcceptedContext,
  biggestPlaces,
  questionAbout,
} from "../../../../src/core/context/contextReview.js";

const LIMIT = 500_000_000;

function finding(path: string, why: FindingReason = "environment-file"): ContextFinding {
  return { path, isFolder: false, why, files: 1, bytes: 10 };
}

function context(
  bytes: number,
  ...findings: ContextFinding[]
): { bytes: number; findings: ContextFinding[] } {
  return { bytes, findings };
}

describe("the question about a context", () => {
  it.each([
    ["is not asked about a small one", context(LIMIT), LIMIT, false],
    ["is asked about a large one", context(LIMIT + 1), LIMIT, true],
    ["is not asked about size where the limit is 0", context(LIMIT * 9), 0, false],
    ["is asked about secrets whatever the limit", context(1, finding(".env")), 0, true],
    [
      "is not asked about packages alone",
      context(1, finding("node_modules", "packages")),
      1,
      false,
    ],
    ["is asked about a history", context(1, finding(".git", "git-history")), LIMIT, true],
  ])("%s", (_, contents, limit, asked) => {
    expect(questionAbout(contents, limit, undefined) !== undefined).toBe(asked);
  });

  it("says why it is asked", () => {
    const contents = context(LIMIT * 2, finding(".env"), finding("node_modules", "packages"));
    expect(questionAbout(contents, LIMIT, undefined)).toEqual({
      isLarge: true,
      serious: [finding(".env")],
    });
  });

  it("is not asked again about what was accepted, but about anything new", () => {
    const first = context(LIMIT * 2, finding(".env"));
    const accepted = acceptContext(first, LIMIT, undefined);
    expect(questionAbout(first, LIMIT, accepted)).toBeUndefined();
    expect(questionAbout(context(LIMIT * 2.9, finding(".env")), LIMIT, accepted)).toBeUndefined();
    expect(questionAbout(context(10), LIMIT, accepted)).toBeUndefined();
    expect(questionAbout(context(10, finding("a.key")), LIMIT, accepted)).toBeDefined();
    expect(questionAbout(context(LIMIT * 3.1), LIMIT, accepted)).toBeDefined();
  });

  it("keeps what was accepted earlier, and no size that nobody was asked about", () => {
    const one = acceptContext(context(LIMIT - 1, finding("a")), LIMIT, undefined);
    expect(one).toEqual({ bytes: 0, findings: ["a"] });
    const two = acceptContext(context(LIMIT * 2, finding("b")), LIMIT, one);
    expect(two).toEqual({ bytes: LIMIT * 2, findings: ["a", "b"] });
    expect(acceptContext(context(1, finding("a")), LIMIT, two)).toEqual(two);
  });

  it("remembers no endless list", () => {
    let accepted: AcceptedContext | undefined;
    for (let index = 0; index < 600; index++) {
      accepted = acceptContext(context(1, finding(String(index))), LIMIT, accepted);
    }
    expect(accepted?.findings).toHaveLength(500);
    expect(accepted?.findings.at(-1)).toBe("599");
  });
});

function node(path: string, bytes: number, ...children: ContextNode[]): ContextNode {
  const rest = { entries: 0, files: 0, bytes: 0 };
  return { path, isFolder: children.length > 0, state: "sent", files: 1, bytes, children, rest };
}

describe("the biggest places", () => {
  it("are as deep as the bytes lie together", () => {
    const raw = node("data/raw", 90, node("data/raw/a", 45), node("data/raw/b", 45));
    const tree = node("", 200, node("data", 100, raw, node("data/x", 10)), node("src", 99));
    expect(biggestPlaces(tree, 5).map(({ path }) => path)).toEqual(["data/raw", "src"]);
    expect(biggestPlaces(tree, 5, new Set(["data/raw"])).map(({ path }) => path)).toEqual(["src"]);
    expect(biggestPlaces(tree, 5, new Set(["data", "src"]))).toEqual([]);
    expect(biggestPlaces(tree, 1).map(({ path }) => path)).toEqual(["data/raw"]);
  });

  it("leave out what hardly counts, and files do not hide their folder", () => {
    const tree = node("", 1000, node("model", 990, node("model/m.bin", 985)), node("src", 10));
    expect(biggestPlaces(tree, 5).map(({ path }) => path)).toEqual(["model"]);
    expect(biggestPlaces(node("", 0, node("empty", 0)), 5)).toEqual([]);
  });
});
