import { describe, expect, it } from "vitest";
import type { LayerEvent } from "../../../src/core/enginePorts.js";
import type { PushEvent } from "../../../src/core/push/pushImage.js";
import { advance, pushNotBegun, type PushProgress } from "../../../src/core/push/pushProgress.js";
import { progressText, shortProgressText } from "../../../src/ui/progressText.js";
import { after, stepSays } from "../../fakes/buildSays.js";

function fold(...events: PushEvent[]): PushProgress {
  return events.reduce((progress, event) => advance(progress, event, after(0)), pushNotBegun);
}

function layer(id: string, state: LayerEvent["state"], sentBytes: number): LayerEvent {
  return { type: "layer", id, state, sentBytes, totalBytes: 4_000_000, text: "Retrying in 5 s" };
}

const build: PushEvent = { type: "phase", phase: "build" };
const loading = stepSays("context", { name: "[internal] load build context" });
const sent = { type: "context", step: "context", sentBytes: 12_345_678, files: 3 } as const;
const push: PushEvent = { type: "phase", phase: "push" };

describe("progressText", () => {
  it.each<[string, string, readonly PushEvent[]]>([
    ["Checking that all is ready", "Checking", []],
    ["Starting the build", "Building", [build]],
    ["Building · load build context · 12 MB · 1 min 12 s", "Building", [build, loading, sent]],
    [
      "Building · load build context · 12 MB of 420 MB · 1 min 12 s",
      "Building",
      [build, loading, { ...sent, totalBytes: 420_000_000 }],
    ],
    [
      "Building 7/12 · RUN make · 1 min 12 s",
      "Building",
      [build, stepSays("7", { place: { index: 7, total: 12 } })],
    ],
    [
      "Building 12/12 · exporting to image · 2 s",
      "Building",
      [
        build,
        stepSays("12", { place: { index: 12, total: 12 }, state: "done", to: 70 }),
        stepSays("e", { name: "exporting to image", from: 70 }),
      ],
    ],
    ["Tagging", "Pushing", [{ type: "phase", phase: "tag" }]],
    ["Uploading", "Pushing", [push]],
    [
      "Uploading 1 of 2 layers · 5 MB of 8 MB",
      "Pushing 62%",
      [push, layer("a", "done", 4_000_000), layer("b", "uploading", 1_000_000)],
    ],
    ["Retrying in 5 s", "Pushing 25%", [push, layer("a", "retrying", 1_000_000)]],
    ["Verifying", "Pushing", [{ type: "phase", phase: "verify" }]],
  ])("says %j, and %j in short", (text, short, events) => {
    expect(progressText(fold(...events), after(72))).toBe(text);
    expect(shortProgressText(fold(...events))).toBe(short);
  });

  it("cuts a long step", () => {
    const text = `RUN ${"x".repeat(500)}`;
    const shown = progressText(fold(build, stepSays("1", { place: { text } })), after(2));
    expect(shown).toBe(`Building 1/1 · ${text.slice(0, 59)}… · 2 s`);
  });

  it("makes no link of a Dockerfile's words", () => {
    const text = "RUN [a](command:x)";
    const step = stepSays("1", { place: { text } });
    expect(progressText(fold(build, step), after(0))).not.toContain("](");
    const retry = fold(push, { ...layer("a", "retrying", 0), text });
    expect(progressText(retry, after(0))).not.toContain("](");
  });
});
