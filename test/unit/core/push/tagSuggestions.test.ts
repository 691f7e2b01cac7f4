import { describe, expect, it } from "vitest";
import { parseTag } from "../../../../src/core/imageReference.js";
import type { Image, TagMutability } from "../../../../src/core/registry.js";
import {
  cleanTag,
  describeTag,
  makeTag,
  nextVersion,
  type ProjectFacts,
  suggestTags,
} from "../../../../src/core/push/tagSuggestions.js";

const COMMIT = "9f2c4e1a7b3d5f6089aabbccddeeff0011223344";
const nothing: ProjectFacts = {
  commit: undefined,
  branch: undefined,
  isDirty: false,
  packageVersion: undefined,
  lastTag: undefined,
};
const mutable: TagMutability = { default: "mutable", exclusions: [] };
const immutable: TagMutability = { default: "immutable", exclusions: ["main"] };

function imageWith(...tags: string[]): Image {
  return {
    digest: `sha256:${tags.join()}`,
    tags,
    sizeBytes: 1,
    pushedAt: new Date(0),
    lastPulledAt: undefined,
    mediaType: undefined,
    artifactMediaType: undefined,
    status: "active",
  };
}

describe("suggestTags", () => {
  it("suggests nothing when nothing is known", () => {
    expect(suggestTags(nothing, [], mutable)).toEqual([]);
  });

  it("suggests best first, and marks what is taken and what is locked", () => {
    const images = [imageWith("1.4.0", "main"), imageWith("1.3.9")];
    const facts: ProjectFacts = {
      commit: COMMIT,
      branch: "main",
      isDirty: true,
      packageVersion: "1.4.0",
      lastTag: "demo",
    };
    expect(suggestTags(facts, images, immutable)).toEqual([
      { tag: "9f2c4e1", source: "commit", takenBy: undefined, isLocked: false },
      { tag: "1.4.0", source: "package-version", takenBy: images[0], isLocked: true },
      { tag: "1.4.1", source: "next-version", takenBy: undefined, isLocked: false },
      { tag: "main", source: "branch", takenBy: images[0], isLocked: false },
      { tag: "demo", source: "last", takenBy: undefined, isLocked: false },
    ]);
  });

  it("suggests each tag once, for its first reason", () => {
    const facts = { ...nothing, packageVersion: "1.0.1", branch: "1.0.1", lastTag: "1.0.1" };
    expect(suggestTags(facts, [imageWith("1.0.0")], mutable)).toEqual([
      { tag: "1.0.1", source: "package-version", takenBy: undefined, isLocked: false },
    ]);
  });
});

describe("describeTag", () => {
  it("tells that a taken tag may move where tags are mutable", () => {
    const image = imageWith("x");
    const expected = { tag: "x", source: "typed", takenBy: image, isLocked: false };
    expect(describeTag("x", "typed", [image], mutable)).toEqual(expected);
    expect(describeTag("x", "typed", [image], immutable).isLocked).toBe(true);
    expect(describeTag("y", "typed", [image], immutable).isLocked).toBe(false);
  });
});

describe("makeTag", () => {
  it("makes a tag of a source anew from the present facts", () => {
    const facts = { ...nothing, commit: COMMIT, branch: "feature/log in", lastTag: "t" };
    expect(makeTag("commit", facts, [])).toBe("9f2c4e1");
    expect(makeTag("branch", facts, [])).toBe("feature-log-in");
    expect(makeTag("package-version", facts, [])).toBeUndefined();
    expect(makeTag("typed", facts, [])).toBe("t");
    expect(makeTag("next-version", facts, [imageWith("v2.0.9")])).toBe("v2.0.10");
  });
});

describe("cleanTag", () => {
  it.each([
    ["feature/login", "feature-login"],
    ["1.0.0+build.5", "1.0.0-build.5"],
    ["--x", "x"],
    ["..x", "x"],
    ["/a//b/", "a-b-"],
    ["é", undefined],
    ["", undefined],
    ["-.-", undefined],
    ["_x", "_x"],
  ])("makes %j %j", (text, tag) => {
    expect(cleanTag(text)).toBe(tag);
  });

  it("makes a valid tag of anything", () => {
    for (const text of ["x".repeat(500), "文件/x", "a\nb", "$(id)", "-".repeat(200) + "y"]) {
      const tag = cleanTag(text);
      expect(tag).toBeDefined();
      expect(parseTag(tag ?? "")).toBe(tag);
    }
  });
});

describe("nextVersion", () => {
  it.each<[readonly string[], string | undefined]>([
    [[], undefined],
    [["latest", "1.2", "1.2.3-rc1", "x1.2.3"], undefined],
    [["1.2.3"], "1.2.4"],
    [["1.9.9", "1.10.0", "1.2.30"], "1.10.1"],
    [["v1.0.0", "0.9.9"], "v1.0.1"],
    [["2.0.0", "v1.0.0"], "2.0.1"],
    [["20260101.0.9"], "20260101.0.10"],
    [["1234567890.0.0", "1.0.0"], "1.0.1"],
  ])("after %j is %s", (tags, next) => {
    expect(nextVersion(tags)).toBe(next);
  });
});
