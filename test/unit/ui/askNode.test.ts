import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EcrError } from "../../../src/core/errors.js";
import { OpenRegistries } from "../../../src/core/openRegistries.js";
import { registryKey, type RegistryLocation } from "../../../src/core/registry.js";
import { type AskNodePorts, askImageNode, askRepositoryNode } from "../../../src/ui/askNode.js";
import { InMemoryRegistry } from "../../fakes/inMemoryRegistry.js";
import { window } from "../../fakes/vscode.js";

const dev: RegistryLocation = { profile: "dev", region: "eu-west-1", endpoint: undefined };
const prod: RegistryLocation = { profile: "prod", region: "us-east-1", endpoint: undefined };
const denied = new EcrError({ kind: "profile-not-found", profile: "prod" });

let registries: Map<string, InMemoryRegistry>;
beforeEach(() => {
  registries = new Map([dev, prod].map((one) => [registryKey(one), new InMemoryRegistry(one)]));
  registryAt(dev).addRepository("api");
  registryAt(prod).addRepository("api");
});
afterEach(() => {
  window.shownPicks.forEach((pick) => {
    pick.hide();
  });
});

function registryAt(location: RegistryLocation): InMemoryRegistry {
  const registry = registries.get(registryKey(location));
  if (!registry) throw new Error("no such registry");
  return registry;
}

function portsFor(chosen: RegistryLocation, ...added: RegistryLocation[]): AskNodePorts {
  return {
    shown: { list: () => Promise.resolve({ chosen, added, failure: undefined }) },
    registries: new OpenRegistries(() => Promise.resolve(registryAt)),
  };
}

/** The rows of the open list as a person reads them. */
function rows(): readonly string[] {
  const [pick] = window.shownPicks;
  const items: readonly { label: string; description?: string; detail?: string }[] =
    pick?.items ?? [];
  return items.map(({ label, description, detail }) =>
    [label, description, detail].filter(Boolean).join(" | "),
  );
}

describe("askRepositoryNode", () => {
  it("offers the repositories of all registries, each with its own", async () => {
    const answer = askRepositoryNode(portsFor(dev, prod), "Copy URI");
    await expect.poll(rows).toEqual(["api | dev · eu-west-1", "api | prod · us-east-1"]);
    window.shownPicks.forEach((pick) => {
      pick.accept("api");
    });
    expect(await answer).toMatchObject({ location: dev, repository: { name: "api" } });
  });

  it("does not name the registry where there is one", async () => {
    const answer = askRepositoryNode(portsFor(prod), "Copy URI");
    await expect.poll(rows).toEqual(["api"]);
    window.shownPicks.forEach((pick) => {
      pick.hide();
    });
    expect(await answer).toBeUndefined();
  });

  it("says which registry can't be read among the others, and fails with that when picked", async () => {
    registryAt(prod).calls.plan("listRepositories", () => {
      throw denied;
    });
    const answer = askRepositoryNode(portsFor(dev, prod), "Copy URI");
    await expect
      .poll(rows)
      .toEqual(["api | dev · eu-west-1", expect.stringMatching(/^prod · us-east-1 \| .*prod/)]);
    window.shownPicks.forEach((pick) => {
      pick.accept("prod · us-east-1");
    });
    await expect(answer).rejects.toBe(denied);
  });

  it("fails where the only registry can't be read", async () => {
    registryAt(prod).calls.plan("listRepositories", () => {
      throw denied;
    });
    await expect(askRepositoryNode(portsFor(prod), "Copy URI")).rejects.toBe(denied);
  });
});

describe("askImageNode", () => {
  it("asks for the repository, and then for one of its images", async () => {
    registryAt(dev).putImage("api", { digest: "sha256:1", tag: "1.0.0", sizeBytes: 4_000_000 });
    const answer = askImageNode(portsFor(dev), "Copy URI");
    await expect.poll(rows).toEqual(["api"]);
    window.shownPicks.forEach((pick) => {
      pick.accept("api");
    });
    await expect.poll(rows).toEqual([expect.stringMatching(/^1\.0\.0 \| 4 MB · /)]);
    window.shownPicks.forEach((pick) => {
      pick.accept("1.0.0");
    });
    expect(await answer).toMatchObject({ location: dev, image: { digest: "sha256:1" } });
  });
});
