import { beforeEach, describe, expect, it } from "vitest";
import { EcrError } from "../../../../src/core/errors.js";
import { HeldImages } from "../../../../src/core/images/heldImages.js";
import { OpenRegistries } from "../../../../src/core/openRegistries.js";
import { registryKey, type RegistryLocation } from "../../../../src/core/registry.js";
import { RegistriesTree } from "../../../../src/ui/explorer/registriesTree.js";
import type { RegistryTreeNode } from "../../../../src/ui/explorer/registryNodes.js";
import { RepositoryArrangement } from "../../../../src/ui/explorer/repositoryArrangement.js";
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
let arrangement: RepositoryArrangement;
let said: string;
let changes: (RegistryTreeNode | undefined)[];

beforeEach(() => {
  locate = () => Promise.resolve(dev);
  memento = new InMemoryMemento();
  shown = new ShownRegistries(memento, { locate: () => locate() });
  registries = new Map(
    [dev, prod].map((location) => [registryKey(location), new InMemoryRegistry(location)]),
  );
  arrangement = new RepositoryArrangement(memento);
  const open = (location: RegistryLocation): InMemoryRegistry => registryAt(location);
  tree = new RegistriesTree({
    shown,
    arrangement,
    say: (message) => (said = message),
    registries: new OpenRegistries(() => Promise.resolve(open)),
    held: new HeldImages(() => Promise.reject(new Error("no engine"))),
    log: new RecordingLog(),
    markUsed: () => undefined,
    onAccount: () => undefined,
    state: memento,
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
    if (row.kind === "namespace") return `${row.path}/ ${String(row.count)}`;
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

  it("says on the row that a registry can't be read, and no more once it can", async () => {
    registryAt(dev).addRepository("api");
    const error = new EcrError({ kind: "credentials-expired", profile: "prod" });
    registryAt(prod).calls.plan("listRepositories", () => {
      throw error;
    });
    await shown.add([prod]);
    const [, broken] = await tree.getChildren();
    const [failure] = await tree.getChildren(broken);
    await expect.poll(() => changes).toContain(undefined);
    expect((await tree.getChildren())[1]).toMatchObject({ failure: { error } });
    if (failure?.kind === "failure") tree.retry(failure);
    await tree.getChildren(broken);
    expect((await tree.getChildren())[1]).not.toHaveProperty("failure.error");
  });

  describe("with namespaces", () => {
    const all = ["api", "team/api", "team/web/kit", "team/web/ui"];

    beforeEach(async () => {
      for (const name of all) registryAt(dev).addRepository(name);
      await arrangement.setGrouped(true);
    });

    it("shows repositories below what their names begin with, and knows what is above", async () => {
      const [root] = await tree.getChildren();
      expect(await names(root)).toEqual(["team/ 3", "api"]);
      const [team] = await tree.getChildren(root);
      expect(await names(team)).toEqual(["team/web/ 2", "team/api"]);
      const [web] = await tree.getChildren(team);
      const [kit] = await tree.getChildren(web);
      if (!kit || !web || !team) throw new Error("a row is missing");
      expect(kit).toMatchObject({ repository: { name: "team/web/kit" } });
      expect(tree.getParent(kit)).toBe(web);
      expect(tree.getParent(web)).toBe(team);
      expect(tree.getParent(team)).toMatchObject({ kind: "registry" });
      expect(tree.getTreeItem(kit).label).toBe("kit");
    });

    it("keeps its rows while what they say stays the same", async () => {
      const [root] = await tree.getChildren();
      const before = await tree.getChildren(root);
      expect(await tree.getChildren(root)).toEqual(before);
      expect((await tree.getChildren(root))[0]).toBe(before[0]);
      expect((await tree.getChildren(root))[1]).toBe(before[1]);
    });

    it("lists what a filter finds whatever its namespace, and says how many", async () => {
      const [root] = await tree.getChildren();
      arrangement.setFilter("web u");
      expect(await names(root)).toEqual(["team/web/ui"]);
      expect(said).toBe("1 of 4 repositories hold “web u”");
      arrangement.setFilter("nowhere");
      expect((await tree.getChildren(root))[0]).toMatchObject({ kind: "empty", filter: "nowhere" });
      arrangement.setFilter("");
      expect(await names(root)).toEqual(["team/ 3", "api"]);
      expect(said).toBe("");
    });

    it("remembers the layout", async () => {
      const again = new RepositoryArrangement(memento);
      expect(again.of(dev).isGrouped).toBe(true);
      await arrangement.setGrouped(false);
      expect(new RepositoryArrangement(memento).of(dev).isGrouped).toBe(false);
      const [root] = await tree.getChildren();
      expect(await names(root)).toEqual(all);
    });

    it("finds the row of an image in a namespace that nobody has opened", async () => {
      const digest = `sha256:${"1".repeat(64)}`;
      registryAt(dev).putImage("team/web/ui", { digest, tag: "v1" });
      const node = await tree.findImage(dev, "team/web/ui", digest);
      expect(node).toMatchObject({ image: { digest } });
      const above = node && tree.getParent(node);
      expect(above).toMatchObject({ place: { namespace: "team/web" } });
      expect(above && tree.getParent(above)).toMatchObject({ path: "team/web" });
    });
  });

  it("finds in a registry that nobody has opened what a filter looks for", async () => {
    registryAt(dev).addRepository("api");
    registryAt(prod).addRepository("web");
    await shown.add([prod]);
    await tree.getChildren();
    expect(reads(prod)).toBe(0);
    arrangement.setFilter("web");
    await expect.poll(() => said).toBe("1 of 2 repositories hold “web”");
    expect(tree.registriesWithMatches()).toMatchObject([{ location: prod }]);
    await expect.poll(() => names()).toEqual(["dev", "prod"]);
    await expect.poll(() => changes.at(-1)).toBeUndefined();
    arrangement.setFilter("api");
    expect(await names()).toEqual(["dev"]);
    arrangement.setFilter("");
    expect(await names()).toEqual(["dev", "prod"]);
  });

  it("keeps pinned repositories on top, each registry its own", async () => {
    for (const location of [dev, prod]) {
      for (const name of ["api", "tools", "web"]) registryAt(location).addRepository(name);
    }
    await shown.add([prod]);
    const [first, second] = await tree.getChildren();
    await arrangement.setPinned(dev, ["web", "tools"], true);
    expect(await names(first)).toEqual(["tools", "web", "api"]);
    expect(await names(second)).toEqual(["api", "tools", "web"]);
    const [pinned] = await tree.getChildren(first);
    expect(pinned && tree.getTreeItem(pinned)).toMatchObject({
      contextValue: "repository;pinned",
      accessibilityInformation: { label: "Repository tools, pinned" },
    });
    const again = new RepositoryArrangement(memento);
    expect([...again.of(dev).pins]).toEqual(["web", "tools"]);
    await again.setPinned(dev, ["web", "tools"], false);
    expect(memento.get("ecr.pinnedRepositories")).toEqual({});
  });

  it("shows a long list in parts, and finds what stands far down", async () => {
    const digest = `sha256:${"1".repeat(64)}`;
    registries.set(registryKey(dev), new InMemoryRegistry(dev, undefined, 1_000));
    for (let number = 1_000; number < 2_800; number += 1) {
      registryAt(dev).addRepository(`app-${String(number)}`);
    }
    registryAt(dev).putImage("app-2700", { digest, tag: "v1" });
    const [root] = await tree.getChildren();
    await expect
      .poll(async () => (await tree.getChildren(root)).at(-1))
      .toMatchObject({
        kind: "moreRepositories",
        shown: 500,
        total: 1_800,
        isComplete: true,
      });
    const more = (await tree.getChildren(root)).at(-1);
    if (more?.kind !== "moreRepositories") throw new Error("no row asks for more");
    tree.showMoreRepositories(more);
    expect(await tree.getChildren(root)).toHaveLength(1_001);
    expect(await tree.findImage(dev, "app-2700", digest)).toMatchObject({ image: { digest } });
    expect(await names(root)).toContain("app-2700");
  });

  it("marks what is copied from another registry, and where pushes create repositories", async () => {
    registryAt(dev).addRepository("hub/nginx");
    registryAt(dev).addRepository("team/api");
    registryAt(dev).pullThroughRules = [{ prefix: "hub", upstream: "registry-1.docker.io" }];
    registryAt(dev).templates = [
      {
        prefix: "team",
        isForPushes: true,
        tagMutability: { default: "mutable", exclusions: [] },
      },
    ];
    await arrangement.setGrouped(true);
    const [root] = await tree.getChildren();
    await expect
      .poll(async () => (await tree.getChildren(root))[1])
      .toMatchObject({
        path: "team",
        createsOnPush: true,
      });
    const [hub] = await tree.getChildren(root);
    const [nginx] = await tree.getChildren(hub);
    expect(nginx && tree.getTreeItem(nginx).description).toBe("cache of docker.io");
    expect(hub && tree.getTreeItem(hub).description).toBe("1 · cache of docker.io");
  });

  it("names the missing right in the tooltip's line alone", async () => {
    registryAt(dev).addRepository("api", { default: "immutable", exclusions: ["latest"] });
    const denied = (action: string) => () => {
      throw new EcrError({
        kind: "access-denied",
        action,
        principal: undefined,
        resource: undefined,
      });
    };
    registryAt(dev).calls.plan("listPullThroughRules", denied("ecr:DescribePullThroughCacheRules"));
    registryAt(dev).calls.plan(
      "readScanSettings",
      denied("ecr:BatchGetRepositoryScanningConfiguration"),
    );
    const [root] = await tree.getChildren();
    const [api] = await tree.getChildren(root);
    if (!api) throw new Error("no repository is shown");
    await expect
      .poll(async () => {
        const { tooltip } = await tree.resolveTreeItem(tree.getTreeItem(api), api);
        return (typeof tooltip === "string" ? tooltip : (tooltip?.value ?? "")).replaceAll(
          "\\",
          "",
        );
      })
      .toMatch(/immutable, except latest[^]*DescribePullThroughCacheRules is missing/);
  });
});
