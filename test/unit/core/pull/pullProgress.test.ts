import { expect, it } from "vitest";
import type { PullEvent } from "../../../../src/core/images/engineImages.js";
import {
  advancePull,
  downloadProgress,
  pullNotBegun,
} from "../../../../src/core/pull/pullProgress.js";

const layer = (
  id: string,
  state: PullEvent["state"],
  doneBytes = 0,
  totalBytes = 0,
): PullEvent => ({
  type: "layer",
  id,
  state,
  doneBytes,
  totalBytes,
  text: state === "retrying" ? "Retrying in 4 seconds" : state,
});

it("adds up what this pull gets, and leaves out what was there", () => {
  const events = [
    layer("a", "exists"),
    layer("b", "waiting"),
    layer("c", "downloading", 20, 100),
    layer("d", "downloaded", 50, 50),
    layer("e", "unpacking", 10, 10),
    layer("f", "done", 40, 40),
  ];
  const progress = events.reduce(advancePull, pullNotBegun);
  expect(downloadProgress(progress)).toEqual({
    layers: 5,
    layersHere: 3,
    layersDone: 1,
    doneBytes: 120,
    totalBytes: 200,
  });
});

it("tells what the engine waits for until it goes on", () => {
  const waiting = advancePull(pullNotBegun, layer("a", "retrying"));
  expect(waiting.retry).toBe("Retrying in 4 seconds");
  expect(advancePull(waiting, { type: "warning", text: "w" }).retry).toBe("Retrying in 4 seconds");
  expect(advancePull(waiting, layer("a", "downloading", 1, 2)).retry).toBeUndefined();
});
