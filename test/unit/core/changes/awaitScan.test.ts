import { expect, it } from "vitest";
import { awaitScan } from "../../../../src/core/changes/awaitScan.js";
import type { FindingsPage, ScanState } from "../../../../src/core/images/imageDetails/findings.js";

function pageOf(state: ScanState): FindingsPage {
  const scan = { state, note: undefined, completedAt: undefined, counts: {} };
  return { scan, findings: [], isCut: false };
}

/** A registry whose scan has these states, one at each look. */
function scanning(states: readonly ScanState[]): Parameters<typeof awaitScan>[0] {
  const left = [...states];
  return {
    listFindings: async function* () {
      await Promise.resolve();
      const state = left.shift();
      if (state) yield pageOf(state);
    },
  };
}

const signal = new AbortController().signal;

it("a scan is looked at less and less often until it is over", async () => {
  const pauses: number[] = [];
  const pause = (milliseconds: number): Promise<void> => {
    pauses.push(milliseconds);
    return Promise.resolve();
  };
  const states = [...Array<ScanState>(6).fill("running"), "complete" as const];
  const scan = await awaitScan(scanning(states), "app", "sha256:9f2c", signal, pause);
  expect(scan?.state).toBe("complete");
  expect(pauses).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
});

it("a scan that ECR does not know of is nothing to wait for", async () => {
  const now = (): Promise<void> => Promise.resolve();
  expect(await awaitScan(scanning([]), "app", "sha256:9f2c", signal, now)).toBeUndefined();
});

it("whoever leaves ends the waiting", async () => {
  const controller = new AbortController();
  const leave = (): Promise<void> => {
    controller.abort();
    return Promise.resolve();
  };
  const contents = scanning(["running"]);
  await expect(
    awaitScan(contents, "app", "sha256:9f2c", controller.signal, leave),
  ).rejects.toMatchObject({ name: "AbortError" });
});
