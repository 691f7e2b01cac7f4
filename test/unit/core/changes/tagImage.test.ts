import { describe, expect, it } from "vitest";
import type { TagMutability } from "../../../../src/core/registry.js";
import { checkTag, checkUntag } from "../../../../src/core/changes/tagImage.js";
import { digestOf } from "../../../fakes/digestOf.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";

const signal = new AbortController().signal;
const [ONE, OTHER] = [digestOf("one"), digestOf("other")];
const MUTABLE: TagMutability = { default: "mutable", exclusions: ["v*"] };

function makeRegistry(): InMemoryRegistry {
  const registry = new InMemoryRegistry();
  registry.addRepository("app", MUTABLE);
  registry.putImage("app", { digest: ONE, tag: "latest" });
  registry.putImage("app", { digest: ONE, tag: "v1" });
  registry.putImage("app", { digest: OTHER, tag: "other" });
  return registry;
}

describe("what a tag would do", () => {
  const repository = { name: "app", tagMutability: MUTABLE };

  it.each([
    ["new", OTHER, "added"],
    ["other", OTHER, "none"],
    ["latest", OTHER, "moved"],
    ["v1", ONE, "none"],
  ] as const)("%s", async (tag, digest, kind) => {
    expect((await checkTag(makeRegistry(), repository, digest, tag, signal)).kind).toBe(kind);
  });

  it("names the image that would lose it", async () => {
    expect(await checkTag(makeRegistry(), repository, OTHER, "latest", signal)).toMatchObject({
      from: { digest: ONE },
    });
  });

  it("is refused where the repository keeps the tag", async () => {
    await expect(checkTag(makeRegistry(), repository, OTHER, "v1", signal)).rejects.toMatchObject({
      failure: { kind: "tag-immutable", repository: "app", tag: "v1" },
    });
  });
});

describe("taking a tag away", () => {
  it("is possible while the image has another one", async () => {
    await checkUntag(makeRegistry(), "app", ONE, "latest", signal);
  });

  it.each([
    [OTHER, "other", { kind: "last-tag", repository: "app", tag: "other" }],
    [OTHER, "latest", { kind: "tag-moved", repository: "app", tag: "latest" }],
    [ONE, "none", { kind: "image-not-found", reference: "app:none" }],
  ])("is refused: %s %s", async (digest, tag, failure) => {
    await expect(checkUntag(makeRegistry(), "app", digest, tag, signal)).rejects.toMatchObject({
      failure,
    });
  });
});
