import { describe, expect, it } from "vitest";
import {
  advanceSteps,
  buildParts,
  buildPosition,
  type BuildSteps,
  endSteps,
  stepBytes,
} from "../../../../src/core/build/buildSteps.js";
import type { BuildEvent } from "../../../../src/core/enginePorts.js";
import { after, stepSays } from "../../../fakes/buildSays.js";

function fold(...events: BuildEvent[]): BuildSteps {
  return events.reduce<BuildSteps>(advanceSteps, new Map());
}

const make = { stage: "make", stageIndex: 0, total: 3 };
const last = { stage: "stage-1", stageIndex: 1, total: 2 };

describe("the steps of a build", () => {
  it("keep their parts when they are told anew", () => {
    const steps = fold(
      stepSays("a"),
      { type: "status", step: "a", id: "l", doneBytes: 1, totalBytes: 4, startedAt: after(1) },
      { type: "status", step: "a", id: "l", doneBytes: 3, totalBytes: 4 },
      { type: "status", step: "gone", id: "l", doneBytes: 3, totalBytes: 4 },
      stepSays("a", { state: "done", to: 2 }),
    );
    expect([...(steps.get("a")?.statuses.values() ?? [])]).toMatchObject([
      { id: "l", doneBytes: 3, startedAt: after(1) },
    ]);
    expect(steps.get("a")?.state).toBe("done");
    expect(steps.size).toBe(1);
  });

  it("change nothing in what was there before", () => {
    const before = fold(stepSays("a"));
    const copy = structuredClone(before);
    advanceSteps(before, stepSays("a", { state: "done" }));
    advanceSteps(before, { type: "context", step: "a", sentBytes: 1, files: 1 });
    endSteps(before, "failed", after(1));
    expect(before).toEqual(copy);
  });

  it("are the very same after words", () => {
    const steps = fold(stepSays("a"));
    expect(advanceSteps(steps, { type: "log", step: "a", text: "x" })).toBe(steps);
    expect(advanceSteps(steps, { type: "warning", text: "x" })).toBe(steps);
    expect(advanceSteps(steps, { type: "context", sentBytes: 1, files: 1 })).toBe(steps);
  });

  it("stand in the Dockerfile's order, the builder's own work where it was told", () => {
    const parts = buildParts(
      fold(
        stepSays("load"),
        stepSays("f", { place: { ...last, index: 2 } }),
        stepSays("b", { place: { ...make, index: 2 } }),
        stepSays("context"),
        stepSays("a", { place: { ...make, index: 1 } }),
        stepSays("export"),
      ),
    );
    const shown = parts.map((part) =>
      part.kind === "step"
        ? part.step.id
        : `${part.stage}:${part.steps.map(({ id }) => id).join()}`,
    );
    expect(shown).toEqual(["load", "make:a,b", "stage-1:f", "context", "export"]);
  });

  it("stand apart for each platform", () => {
    const place = { stageIndex: 0, index: 1, total: 1 };
    const parts = buildParts(
      fold(
        stepSays("b", { place: { ...place, platform: "linux/arm64" } }),
        stepSays("a", { place: { ...place, platform: "linux/amd64" } }),
      ),
    );
    expect(parts).toMatchObject([{ platform: "linux/amd64" }, { platform: "linux/arm64" }]);
  });

  it.each<[string, BuildSteps, [number, number, string] | undefined]>([
    ["nothing has begun", fold(stepSays("a", { place: make, state: "waiting" })), undefined],
    ["the context is sent", fold(stepSays("context")), [0, 0, "context"]],
    [
      "a later stage runs",
      fold(
        stepSays("f", { place: { ...last, index: 2 }, from: 2 }),
        stepSays("a", { place: { ...make, index: 1 }, from: 1 }),
      ),
      [5, 5, "f"],
    ],
    [
      "steps of the Dockerfile and the builder's own run",
      fold(
        stepSays("a", { place: { ...make, index: 1 }, from: 1 }),
        stepSays("context", { from: 2 }),
      ),
      [1, 3, "a"],
    ],
    [
      "the image is exported",
      fold(
        stepSays("c", { place: { ...make, index: 3 }, state: "done", to: 1 }),
        stepSays("export", { from: 1 }),
      ),
      [3, 3, "export"],
    ],
    [
      "nothing runs for a moment",
      fold(
        stepSays("b", { place: { ...make, index: 2 }, state: "cached" }),
        stepSays("load", { state: "done" }),
      ),
      [2, 3, "b"],
    ],
  ])("tell the position when %s", (_, steps, position) => {
    const is = buildPosition(steps);
    expect(is && [is.index, is.total, is.step.id]).toEqual(position);
  });

  it("end with their build, but for those that never ran", () => {
    const steps = fold(
      stepSays("a", { state: "done", to: 1 }),
      stepSays("b"),
      stepSays("c", { state: "waiting" }),
    );
    expect([...endSteps(steps, "cancelled", after(3)).values()]).toMatchObject([
      { state: "done" },
      { state: "cancelled", endedAt: after(3) },
      { state: "waiting" },
    ]);
  });

  it("add up the bytes of their parts", () => {
    const part = { type: "status", step: "a" } as const;
    const steps = fold(
      stepSays("a"),
      { ...part, id: "1", doneBytes: 5, totalBytes: 10 },
      { ...part, id: "2", doneBytes: 7, totalBytes: 0 },
      stepSays("b"),
      { ...part, step: "b", id: "exporting layers", doneBytes: 0, totalBytes: 0 },
    );
    const bytes = [...steps.values()].map(stepBytes);
    expect(bytes).toEqual([{ doneBytes: 12, totalBytes: 17 }, undefined]);
  });
});
