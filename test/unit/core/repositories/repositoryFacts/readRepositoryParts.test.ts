import { beforeEach, expect, it } from "vitest";
import {
  readRepositoryParts,
  type RepositoryParts,
} from "../../../../../src/core/repositories/repositoryFacts/readRepositoryParts.js";
import { digestOf } from "../../../../fakes/digestOf.js";
import { InMemoryRegistry } from "../../../../fakes/inMemoryRegistry.js";

let registry: InMemoryRegistry;
let running: AbortController;
let told: string[];

beforeEach(async () => {
  registry = new InMemoryRegistry();
  running = new AbortController();
  told = [];
  const wanted = { name: "team/api", tagMutability: "mutable" as const };
  await registry.createRepository(wanted, running.signal);
  for (let number = 0; number < 9; number++) {
    registry.putImage("team/api", { digest: digestOf(String(number)) });
  }
  registry.putImage("team/api", {
    digest: digestOf("multi"),
    tag: "1",
    isIndex: true,
    platforms: { [digestOf("0")]: "linux/amd64" },
  });
  registry.rules.lifecyclePolicies.set("team/api", "{}");
});

async function read(): Promise<Partial<Record<keyof RepositoryParts, unknown>>> {
  const parts: Partial<Record<keyof RepositoryParts, unknown>> = {};
  await readRepositoryParts(registry, "team/api", running.signal, (id, outcome) => {
    parts[id] = outcome;
    if (id !== "contents" || outcome.state !== "known") return;
    const { value } = outcome as { value: RepositoryParts["contents"] };
    told.push(`${String(value.images.length)}${value.isComplete ? "" : " so far"}`);
  });
  return parts;
}

it("tells each part, and contents as they grow, not at each page", async () => {
  const parts = await read();
  expect(parts).toMatchObject({
    repository: { state: "known", value: { name: "team/api" } },
    lifecyclePolicy: { state: "known", value: "{}" },
    repositoryPolicy: { state: "known", value: undefined },
    scanSettings: { state: "known", value: { frequency: "manual" } },
  });
  expect(told).toEqual(["2 so far", "4 so far", "8 so far", "10"]);
  expect(parts.contents).toMatchObject({ value: { manifestError: undefined } });
});

it.each([
  ["readRepositoryPolicy", "repositoryPolicy"],
  ["readLifecyclePolicy", "lifecyclePolicy"],
  ["readScanSettings", "scanSettings"],
  ["findRepository", "repository"],
  ["listImages", "contents"],
] as const)("leaves the other parts when %s fails", async (call, part) => {
  const error = new Error("no");
  registry.calls.plan(call, () => {
    throw error;
  });
  const parts = await read();
  const failed = Object.entries(parts).filter(
    ([, outcome]) => (outcome as { state: string }).state === "failed",
  );
  expect(failed).toEqual([[part, { state: "failed", error }]]);
  expect(Object.keys(parts)).toHaveLength(5);
});

it("shows images also where manifests can't be read", async () => {
  const error = new Error("no");
  registry.calls.plan("readManifests", () => {
    throw error;
  });
  const { contents } = await read();
  expect(contents).toMatchObject({ state: "known", value: { manifestError: error } });
});

it("ends when it is cancelled", async () => {
  registry.calls.plan("readRepositoryPolicy", () => {
    running.abort();
  });
  await expect(read()).rejects.toMatchObject({ name: "AbortError" });
});
