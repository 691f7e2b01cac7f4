import { beforeEach, describe, expect, it } from "vitest";
import { EcrError } from "../../../../src/core/errors.js";
import { HeldImages } from "../../../../src/core/heldImages.js";
import { OpenRegistries } from "../../../../src/core/openRegistries.js";
import { registryKey, type RegistryLocation } from "../../../../src/core/registry.js";
import { RegistriesTree } from "../../../../src/ui/explorer/registriesTree.js";
import type { RegistryTreeNode } from "../../../../src/ui/explorer/registryNodes.js";
import { ShownRegistries } from "../../../../src/ui/explorer/shownRegistries.js";
import { InMemoryMemento } from "../../../fakes/inMemoryMemento.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";
import { RecordingLog } from "../../../fakes/recordingLog.js";

const dev: RegistryLocation = { profile: "dev", region: "eu-west-1", endpoint: undefined };
const prod: RegistryLocation = { profile: "prod", region: "us-east-1", endpoint: undefined };

let locate: () => Promise<RegistryLocation>;
let memento: InMemoryMemento;
let shown: ShownRegistries;
let registries: Map<string, InMemoryRegistry>;
let tree: RegistriesTree;
let changes: (RegistryTreeNode | undefined)[];

beforeEach(() => {
  locate = () => Promise.resolve(dev);
  memento = new InMemoryMemento();
  shown = new ShownRegistries(memento, { locate: () => locate() });
  registries = new Map(
    [dev, prod].map((location) => [registryKey(location), new InMemoryRegistry(location)]),
  );
  const open = (location: RegistryLocation): InMemoryRegistry => registryAt(location);
  tree = new RegistriesTree({
    shown,
    registries: new OpenRegistries(() => Promise.resolve(open)),
    held: new HeldImages(() => Promise.reject(new Error("no engine"))),
    log: new RecordingLog(),
    markUsed: () => undefined,
    onAccount: () => undefined,
  });
  const heard: typeof changes = [];
  changes = heard;
  tree.onDidChangeTreeData((node) => heard.push(node));
});

function registryAt(location: RegistryLocation): InMemoryRegistry {
  const registry = registries.get(registryKey(location));
  if (!registry) throw new Error(`no registry at ${registryKey(location)}`);
  return registry;
}

/** Tells how many pages of repositories were asked for. */
function reads(location: RegistryLocation): number {
  return registryAt(location).calls.names.filter((name) => name === "listRepositories").length;
}

/** Returns the rows below a node, named by what they are. */
async function names(node?: RegistryTreeNode): Promise<readonly string[]> {
  return (await tree.getChildren(node)).map((row) => {
    if (row.kind === "registry") return row.location.profile ?? "";
    return row.kind === "repository" ? row.repository.name : row.kind;
  });
}

describe("RegistriesTree", () => {
  it("shows the chosen registry first, then those that were added, each once", async () => {
    registryAt(dev).addRepository("api");
    await shown.add([prod, dev, prod]);
    expect(await names()).toEqual(["dev", "prod"]);
    const again = new ShownRegistries(memento, { locate: () => Promise.resolve(prod) });
    const { chosen, added } = await again.list();
    expect([chosen, ...added]).toEqual([prod, dev]);
  });

  it("asks nothing of a registry that nobody has opened", async () => {
    registryAt(prod).addRepository("api");
    await shown.add([prod]);
    const [, other] = await tree.getChildren();
    expect(reads(prod)).toBe(0);
    expect(await names(other)).toEqual(["api"]);
    expect(reads(prod)).toBe(1);
  });

  it("says why one registry has no rows, and shows the others", async () => {
    registryAt(dev).addRepository("api");
    const error = new EcrError({ kind: "profile-not-found", profile: "prod" });
    registryAt(prod).calls.plan("listRepositories", () => {
      throw error;
    });
    await shown.add([prod]);
    const [first, second] = await tree.getChildren();
    expect(await names(first)).toEqual(["api"]);
    const [failure] = await tree.getChildren(second);
    expect(failure).toMatchObject({ kind: "failure", error });
    if (failure?.kind === "failure") tree.retry(failure);
    expect(await names(second)).toEqual(["empty"]);
    expect(reads(dev)).toBe(1);
  });

  it("shows what was added where the chosen one can't be told", async () => {
    await shown.add([prod]);
    const error = new EcrError({ kind: "region-missing", profile: undefined });
    locate = () => Promise.reject(error);
    expect(await names()).toEqual(["failure", "prod"]);
  });

  it("lets go of a registry that was removed", async () => {
    registryAt(dev).addRepository("api");
    await shown.add([prod]);
    const [, other] = await tree.getChildren();
    await shown.remove(prod);
    expect(await names()).toEqual(["dev"]);
    expect(await names(other)).toEqual([]);
  });

  it("shows a registry anew once its account is known", async () => {
    registryAt(dev).addRepository("api");
    registryAt(prod).addRepository("web");
    await shown.add([prod]);
    const [, other] = await tree.getChildren();
    expect(other).toMatchObject({ registryId: undefined });
    await tree.getChildren(other);
    await expect.poll(() => changes).toEqual([undefined]);
    expect((await tree.getChildren())[1]).toMatchObject({ registryId: "123456789012" });
  });
});
