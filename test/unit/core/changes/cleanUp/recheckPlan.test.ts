import { describe, expect, it } from "vitest";
import { planCleanUp } from "../../../../../src/core/changes/cleanUp/planCleanUp.js";
import { readForCleanUp } from "../../../../../src/core/changes/cleanUp/readForCleanUp.js";
import { recheckPlan } from "../../../../../src/core/changes/cleanUp/recheckPlan.js";
import type { Image } from "../../../../../src/core/registry.js";
import { digestOf as digestFor } from "../../../../fakes/digestOf.js";
import { InMemoryRegistry } from "../../../../fakes/inMemoryRegistry.js";
import { digestOf, image, index, manifestsOf, nameOf } from "./images.js";

const NOW = new Date("2026-06-30T00:00:00Z");
const untagged = {
  isUntaggedOnly: true,
  olderThanDays: undefined,
  notPulledForDays: undefined,
  keepNewest: 0,
  keepTags: [],
};
const manifests = manifestsOf({ multi: index(["amd", "arm"]) });
const before: readonly Image[] = [
  image("multi", { isIndex: true }),
  image("amd"),
  image("arm"),
  image("stray"),
  image("other"),
];

function recheck(images: readonly Image[]): unknown {
  const { items } = planCleanUp(before, manifests, untagged, NOW);
  const again = recheckPlan(items, { images, manifests, manifestError: undefined });
  return {
    goes: again.items.flatMap((item) => [item.image, ...item.along].map(nameOf)),
    held: again.held.map(nameOf),
    changed: again.changed.map(nameOf),
  };
}

describe("recheckPlan", () => {
  it("leaves a plan as it was where nothing changed", () => {
    expect(recheck(before)).toEqual({
      goes: ["multi", "amd", "arm", "stray", "other"],
      held: [],
      changed: [],
    });
  });

  it("keeps what somebody tagged meanwhile, and what that holds", () => {
    const now = before.map((one) => (nameOf(one) === "multi" ? { ...one, tags: ["1"] } : one));
    expect(recheck(now)).toEqual({ goes: ["stray", "other"], held: [], changed: ["multi"] });
  });

  it("keeps a platform that somebody tagged, and says so of what is gone", () => {
    const now = before
      .filter((one) => nameOf(one) !== "stray")
      .map((one) => (nameOf(one) === "amd" ? { ...one, tags: ["amd64"] } : one));
    expect(recheck(now)).toEqual({
      goes: ["multi", "arm", "other"],
      held: [],
      changed: ["stray"],
    });
  });

  it("takes nothing along that nobody has seen", () => {
    const now = [...before, image("late-signature", { subject: digestOf("stray") })];
    expect(recheck(now)).toMatchObject({ goes: ["multi", "amd", "arm", "stray", "other"] });
  });
});

describe("readForCleanUp", () => {
  it("reads all images and the indexes among them", async () => {
    const registry = new InMemoryRegistry();
    const { signal } = new AbortController();
    await registry.createRepository({ name: "team/api", tagMutability: "mutable" }, signal);
    for (const name of ["a", "b", "c"]) registry.putImage("team/api", { digest: digestFor(name) });
    registry.putImage("team/api", {
      digest: digestFor("multi"),
      isIndex: true,
      platforms: { [digestFor("a")]: "linux/amd64" },
    });
    const counts: number[] = [];
    const facts = await readForCleanUp(registry, "team/api", (count) => counts.push(count), signal);
    expect(facts.images).toHaveLength(4);
    expect([...facts.manifests.keys()]).toEqual([digestFor("multi")]);
    expect(counts).toEqual([2, 4]);
  });

  it("goes on without manifests where they can't be read, and not when it is cancelled", async () => {
    const registry = new InMemoryRegistry();
    const running = new AbortController();
    const { signal } = running;
    await registry.createRepository({ name: "team/api", tagMutability: "mutable" }, signal);
    registry.putImage("team/api", { digest: digestFor("multi"), isIndex: true });
    const refusal = new Error("no");
    registry.calls.plan("readManifests", () => {
      throw refusal;
    });
    const facts = await readForCleanUp(registry, "team/api", () => undefined, signal);
    expect(facts).toMatchObject({ manifestError: refusal });
    expect(facts.images).toHaveLength(1);
    registry.calls.plan("readManifests", () => {
      running.abort();
    });
    const cancelled = readForCleanUp(registry, "team/api", () => undefined, signal);
    await expect(cancelled).rejects.toMatchObject({ name: "AbortError" });
  });
});
