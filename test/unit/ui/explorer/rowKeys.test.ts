import { describe, expect, it } from "vitest";
import { commandIds } from "../../../../src/ui/commandIds.js";
import { commandOfKey, isPressedKey } from "../../../../src/ui/explorer/rowKeys.js";
import type { RegistryTreeNode } from "../../../../src/ui/explorer/registryNodes.js";
import { digestOf } from "../../../fakes/digestOf.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";

const registry = new InMemoryRegistry();
const { location } = registry;
const repository = registry.addRepository("app");
const image = registry.putImage("app", { digest: digestOf("one") });
const imageRow: RegistryTreeNode = { kind: "image", location, repository, image };
const repositoryRow: RegistryTreeNode = { kind: "repository", location, repository };
const registryRow: RegistryTreeNode = {
  kind: "registry",
  location,
  isChosen: true,
  registryId: undefined,
};

describe("a key in the tree of registries", () => {
  it.each([
    [commandIds.tagImage, [imageRow], commandIds.tagImage],
    [commandIds.deleteImage, [imageRow, imageRow], commandIds.deleteImage],
    [commandIds.deleteImage, [repositoryRow], commandIds.deleteRepository],
    [commandIds.copyImageUri, [repositoryRow], commandIds.copyRepositoryUri],
    [commandIds.tagImage, [repositoryRow], undefined],
    [commandIds.showImageDetails, [imageRow], commandIds.showImageDetails],
    [commandIds.showImageDetails, [repositoryRow], undefined],
    [commandIds.deleteImage, [registryRow], undefined],
    [commandIds.deleteImage, [{ ...registryRow, isChosen: false }], commandIds.removeRegistry],
    [commandIds.tagImage, [{ ...registryRow, isChosen: false }], undefined],
    [commandIds.deleteImage, [imageRow, repositoryRow], undefined],
    [commandIds.deleteImage, [], undefined],
  ])("%s on rows", (id, rows, command) => {
    expect(commandOfKey(id, rows)).toBe(command);
  });

  it("is told from a row", () => {
    expect(isPressedKey({ from: "key" })).toBe(true);
    expect([imageRow, undefined, null, "key", { from: "row" }].filter(isPressedKey)).toEqual([]);
  });
});
