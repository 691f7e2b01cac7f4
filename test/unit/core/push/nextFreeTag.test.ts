import { describe, expect, it } from "vitest";
import { parseTag } from "../../../../src/core/imageReference.js";
import { nextFreeTag, suggestInstead } from "../../../../src/core/push/nextFreeTag.js";
import type { Image, TagMutability } from "../../../../src/core/registry.js";

const LOCKED: TagMutability = {
  default: "immutable",
  exclusions: ["latest"],
};

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

describe("nextFreeTag", () => {
  it.each([
    ["1.4.0", ["1.4.0"], "1.4.1"],
    ["1.4.0", ["1.4.0", "1.4.1", "1.4.3"], "1.4.2"],
    ["v2.0.9", ["v2.0.9"], "v2.0.10"],
    ["9f2c4e1", ["9f2c4e1"], "9f2c4e1-2"],
    ["9f2c4e1-2", ["9f2c4e1", "9f2c4e1-2", "9f2c4e1-3"], "9f2c4e1-4"],
    ["main", [], "main-2"],
    ["1.4", ["1.4"], "1.4-2"],
    ["2026-11-23", ["2026-11-23"], "2026-11-24"],
  ])("after %s, with %j taken, is %s", (tag, taken, next) => {
    expect(nextFreeTag(tag, new Set(taken))).toBe(next);
  });

  it("stays a valid tag where the old one has every letter that it may", () => {
    const next = nextFreeTag("x".repeat(128), new Set());
    expect(parseTag(next)).toBe(next);
    expect(next).toMatch(/x2$/);
  });
});

describe("suggestInstead", () => {
  it("keeps what may move, and its source, so that the next push makes the tag anew", () => {
    const images = [imageWith("9f2c4e1", "latest"), imageWith("1.4.0")];
    const former = [
      { tag: "9f2c4e1", source: "commit" as const },
      { tag: "latest", source: "typed" as const },
      { tag: "1.4.0", source: "next-version" as const },
    ];
    expect(suggestInstead(former, images, LOCKED)).toEqual([
      {
        tag: "9f2c4e1-2",
        source: "commit",
        takenBy: undefined,
        isLocked: false,
        insteadOf: "9f2c4e1",
      },
      { tag: "latest", source: "typed", takenBy: images[0], isLocked: false },
      {
        tag: "1.4.1",
        source: "next-version",
        takenBy: undefined,
        isLocked: false,
        insteadOf: "1.4.0",
      },
    ]);
  });

  it("gives each tag another one", () => {
    const former = [
      { tag: "a", source: "typed" as const },
      { tag: "a", source: "last" as const },
    ];
    const tags = suggestInstead(former, [imageWith("a")], LOCKED).map(({ tag }) => tag);
    expect(tags).toEqual(["a-2", "a-3"]);
  });
});
