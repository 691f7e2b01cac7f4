import { expect, it } from "vitest";
import type { PullEvent } from "../../../src/core/images/engineImages.js";
import { advancePull, pullNotBegun } from "../../../src/core/pull/pullProgress.js";
import { pullText } from "../../../src/ui/pullText.js";

const layer = (id: string, state: PullEvent["state"], doneBytes: number, totalBytes: number) =>
  ({ type: "layer", id, state, doneBytes, totalBytes, text: "Retrying in 4 seconds" }) as const;

it.each([
  [[], "Asking the registry"],
  [[layer("a", "waiting", 0, 0)], "Downloading 0 of 1 layers"],
  [
    [layer("a", "downloading", 1_000_000, 4_000_000), layer("b", "downloaded", 2e6, 2e6)],
    "Downloading 1 of 2 layers · 3 MB of 6 MB",
  ],
  [[layer("a", "done", 5, 5), layer("b", "unpacking", 5, 5)], "Unpacking 1 of 2 layers"],
  [[layer("a", "retrying", 0, 5)], "Retrying in 4 seconds"],
])("says where a pull stands: %#", (events, expected) => {
  expect(pullText(events.reduce(advancePull, pullNotBegun))).toBe(expected);
});
