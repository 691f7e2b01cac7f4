import { beforeEach, describe, expect, it } from "vitest";
import type { LifecycleEffect } from "../../../../../src/core/repositories/lifecycle/lifecyclePreview.js";
import { previewLifecycle } from "../../../../../src/core/repositories/lifecycle/previewLifecycle.js";
import { digestOf } from "../../../../fakes/digestOf.js";
import { InMemoryRegistry } from "../../../../fakes/inMemoryRegistry.js";

const POLICY = `{"rules":[{"rulePriority":1}]}`;
const effects: readonly LifecycleEffect[] = ["a", "b", "c"].map((name, number) => ({
  digest: digestOf(name),
  tags: [],
  pushedAt: undefined,
  effect: number === 2 ? "archive" : "expire",
  rulePriority: 1,
}));

let registry: InMemoryRegistry;
let running: AbortController;
let pauses: number[];

beforeEach(async () => {
  registry = new InMemoryRegistry();
  running = new AbortController();
  pauses = [];
  const { signal } = running;
  await registry.createRepository({ name: "team/api", tagMutability: "mutable" }, signal);
  registry.rules.effects = effects;
});

async function preview(onPause = (): void => undefined): Promise<readonly unknown[]> {
  const wait = (milliseconds: number, signal: AbortSignal): Promise<void> => {
    pauses.push(milliseconds);
    onPause();
    signal.throwIfAborted();
    return Promise.resolve();
  };
  const seen: unknown[] = [];
  const { rules } = registry;
  const looks = previewLifecycle(rules, "team/api", POLICY, running.signal, wait);
  for await (const { expiring, archiving, effects: read, isComplete } of looks) {
    seen.push([expiring, archiving, read.length, isComplete]);
  }
  return seen;
}

describe("previewLifecycle", () => {
  it("tells the counts with the first page, and yields each page as it comes", async () => {
    expect(await preview()).toEqual([
      [2, 1, 2, false],
      [2, 1, 3, true],
    ]);
    expect(pauses).toEqual([]);
  });

  it("waits longer and longer while ECR is at work, up to a limit", async () => {
    registry.rules.looksAtWork = 7;
    expect(await preview()).toHaveLength(2);
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
  });

  it("waits for another preview to end before it begins", async () => {
    registry.rules.busyStarts = 2;
    expect(await preview()).toHaveLength(2);
    expect(pauses).toEqual([250, 500]);
    const starts = registry.calls.names.filter((name) => name === "startLifecyclePreview");
    expect(starts).toHaveLength(3);
  });

  it("does not wait for ever", async () => {
    registry.rules.looksAtWork = Infinity;
    await expect(preview()).rejects.toMatchObject({
      failure: { kind: "lifecycle-preview-failed", repository: "team/api", why: "too-slow" },
    });
    expect(pauses.length).toBeGreaterThan(100);
  });

  it("fails when ECR gives up", async () => {
    registry.rules.givesUp = true;
    await expect(preview()).rejects.toMatchObject({
      failure: { kind: "lifecycle-preview-failed", why: "gave-up" },
    });
  });

  it("takes no answer for its own that is about another policy", async () => {
    registry.rules.looksAtWork = 1;
    const { rules } = registry;
    let replaced: Promise<void> | undefined;
    const replace = (): void => {
      rules.looksAtWork = 0;
      replaced = rules.startLifecyclePreview("team/api", `{"rules":[]}`, running.signal);
    };
    await expect(preview(replace)).rejects.toMatchObject({
      failure: { kind: "lifecycle-preview-failed", why: "replaced" },
    });
    await replaced;
  });

  it("ends in the middle of a pause when it is cancelled", async () => {
    registry.rules.looksAtWork = 5;
    const stop = (): void => {
      running.abort();
    };
    await expect(preview(stop)).rejects.toMatchObject({ name: "AbortError" });
    expect(pauses).toEqual([250]);
  });
});
