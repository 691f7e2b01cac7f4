import { describe, expect, it } from "vitest";
import type { LayerEvent } from "../../../../src/core/enginePorts.js";
import type { PushEvent } from "../../../../src/core/push/pushImage.js";
import {
  advance,
  pushNotBegun,
  type PushProgress,
  uploadPercent,
  uploadProgress,
} from "../../../../src/core/push/pushProgress.js";
import { after, stepSays } from "../../../fakes/buildSays.js";

function fold(...events: PushEvent[]): PushProgress {
  return events.reduce((progress, event) => next(progress, event), pushNotBegun);
}

function next(progress: PushProgress, event: PushEvent): PushProgress {
  return advance(progress, event, after(1));
}

function layer(
  id: string,
  state: LayerEvent["state"],
  sentBytes = 0,
  totalBytes = 100,
): LayerEvent {
  return { type: "layer", id, state, sentBytes, totalBytes, text: `${state} ${id}` };
}

const step = stepSays("make", { place: { index: 2, total: 5 } });

describe("advance", () => {
  it("follows the build and keeps its steps", () => {
    const building = fold({ type: "phase", phase: "build" }, step);
    expect([...building.steps.keys()]).toEqual(["make"]);
    const { steps } = building;
    expect(next(building, { type: "phase", phase: "tag" })).toEqual({
      ...pushNotBegun,
      steps,
      phase: "tag",
    });
  });

  it("makes a step of each tag that is pushed, and parts of its layers", () => {
    const first = fold(
      { type: "phase", phase: "push" },
      { type: "pushing", reference: "h/r:1" },
      layer("a", "exists"),
      layer("b", "uploading", 40),
    );
    expect([...first.steps.values()]).toMatchObject([
      { name: "pushing h/r:1", state: "running", startedAt: after(1) },
    ]);
    expect([...(first.steps.get("pushing h/r:1")?.statuses.values() ?? [])]).toMatchObject([
      { id: "b", doneBytes: 40, totalBytes: 100 },
    ]);
    const second = next(first, { type: "pushing", reference: "h/r:2" });
    expect([...second.steps.values()].map(({ state }) => state)).toEqual(["done", "running"]);
    const verifying = next(second, { type: "phase", phase: "verify" });
    expect([...verifying.steps.values()].map(({ state }) => state)).toEqual(["done", "done"]);
  });

  it("changes nothing in what it was given", () => {
    const before = fold({ type: "phase", phase: "push" }, layer("a", "waiting"));
    const copy = structuredClone(before);
    next(before, layer("a", "done", 100));
    next(before, layer("b", "waiting"));
    expect(before).toEqual(copy);
  });

  it("returns the very same progress for events that are for the log", () => {
    const progress = fold({ type: "phase", phase: "build" }, step);
    expect(next(progress, { type: "log", text: "x" })).toBe(progress);
    expect(next(progress, { type: "warning", text: "x" })).toBe(progress);
  });

  it("starts the layers anew with each tag", () => {
    const pushing = fold({ type: "phase", phase: "push" }, layer("a", "done", 100));
    expect(next(pushing, { type: "pushing", reference: "h/r:2" }).layers.size).toBe(0);
  });

  it("tells what the engine retries until the next word of a layer", () => {
    const retrying = fold({ type: "phase", phase: "push" }, layer("a", "retrying"));
    expect(retrying.retry).toBe("retrying a");
    expect(next(retrying, layer("a", "uploading", 5)).retry).toBeUndefined();
  });
});

describe("uploadProgress", () => {
  it("adds up what is sent, and leaves out what the registry has", () => {
    const progress = fold(
      layer("a", "exists"),
      layer("b", "mounted"),
      layer("c", "waiting"),
      layer("d", "uploading", 30),
      layer("e", "done", 0),
    );
    expect(uploadProgress(progress)).toEqual({
      layersDone: 1,
      layers: 3,
      sentBytes: 130,
      totalBytes: 300,
    });
  });
});

describe("uploadPercent", () => {
  it.each<[number, number, number | undefined]>([
    [0, 0, undefined],
    [0, 100, 0],
    [999, 1000, 99],
    [1000, 1000, 100],
    // An engine counts the bytes of a layer again when it retries.
    [1500, 1000, 100],
  ])("%d of %d bytes is %s", (sentBytes, totalBytes, percent) => {
    expect(uploadPercent({ layersDone: 0, layers: 1, sentBytes, totalBytes })).toBe(percent);
  });
});
