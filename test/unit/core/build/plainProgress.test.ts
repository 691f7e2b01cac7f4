import { describe, expect, it } from "vitest";
import { PlainProgress } from "../../../../src/core/build/plainProgress.js";
import type { BuildEvent } from "../../../../src/core/enginePorts.js";
import { after, stepSays } from "../../../fakes/buildSays.js";

type Said = readonly [seconds: number, event: BuildEvent];

function write(...said: readonly Said[]): string[] {
  const plain = new PlainProgress();
  const lines = said.flatMap(([seconds, event]) => plain.push(event, after(seconds)));
  return [...lines, ...plain.end()];
}

const log = (step: string, text: string, seconds: number): BuildEvent => ({
  type: "log",
  step,
  text,
  at: after(seconds),
});
const run = { place: { index: 2, total: 4, text: "COPY . /app" } };

describe("the plain progress of a build", () => {
  it("reads like buildx's", async () => {
    const failed = { place: { index: 4, total: 4, text: "RUN <<EOF\n  make" }, from: 14 } as const;
    const layer = { type: "status", step: "f", id: "sha256:9f2c" } as const;
    const lines = write(
      [0, { type: "log", text: "building with BuildKit over gRPC" }],
      [0, stepSays("d", { name: "[internal] load build definition from Dockerfile" })],
      [0, stepSays("d", { name: "[internal] load build definition", state: "done", to: 0.04 })],
      [0, stepSays("c", { name: "[internal] load build context" })],
      [0, { type: "context", step: "c", sentBytes: 0, totalBytes: 412_000_000, files: 0 }],
      [1, { type: "context", step: "c", sentBytes: 9_000_000, totalBytes: 412_000_000, files: 1 }],
      [2, { type: "context", step: "c", sentBytes: 400e6, totalBytes: 412_000_000, files: 2 }],
      [3, { type: "context", step: "c", sentBytes: 412e6, totalBytes: 412_000_000, files: 3 }],
      [3, stepSays("c", { name: "[internal] load build context", state: "done", to: 3 })],
      [3, stepSays("f", { place: { index: 1, total: 4, text: "FROM python" }, from: 3 })],
      [3, { ...layer, doneBytes: 0, totalBytes: 3_620_000, startedAt: after(3) }],
      [4, { ...layer, doneBytes: 3_620_000, totalBytes: 3_620_000, endedAt: after(3.3) }],
      [4, stepSays("f", { place: { index: 1, total: 4 }, state: "done", from: 3, to: 4 })],
      [4, stepSays("w", { ...run, state: "waiting" })],
      [4, stepSays("w", { ...run, from: 4 })],
      [4, stepSays("w", { ...run, state: "cached", from: 4, to: 4 })],
      [4, stepSays("r", { place: { index: 3, total: 4, text: "RUN make" }, from: 4 })],
      [5, log("r", "one\r", 4.4123)],
      [14, log("r", "two", 14.5)],
      [14, { type: "warning", step: "r", text: "MAINTAINER is deprecated" }],
      [14, stepSays("r", { place: { index: 3, total: 4 }, state: "done", from: 4, to: 14 })],
      [14, stepSays("x", failed)],
      [15, stepSays("x", { ...failed, state: "failed", error: "exit code: 3", to: 15 })],
      [15, stepSays("y", { name: "exporting", state: "cancelled", to: 15 })],
    );
    const golden = new URL("../../../fixtures/core/plain-progress.txt", import.meta.url).pathname;
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(golden);
  });

  it("lets a step have the word until it ends", () => {
    const lines = write(
      [0, stepSays("a", { name: "A" })],
      [0, stepSays("b", { name: "B" })],
      [1, log("b", "b1", 1)],
      [1, log("a", "a1", 1)],
      [2, stepSays("a", { name: "A", state: "done", to: 2 })],
      [3, log("b", "b2", 3)],
    );
    expect(lines).toEqual([
      "#1 A",
      "#1 1.000 a1",
      "#1 DONE 2.0s",
      "",
      "#2 B",
      "#2 1.000 b1",
      "#2 3.000 b2",
    ]);
  });

  it("gives the word to a step that has waited long, and says who was interrupted", () => {
    const plain = new PlainProgress();
    const begun = [
      ...plain.push(stepSays("a", { name: "A" }), after(0)),
      ...plain.push(stepSays("b", { name: "B" }), after(1)),
    ];
    expect(begun).toEqual(["#1 A"]);
    expect(plain.tick(after(5.9))).toEqual([]);
    expect(plain.tick(after(6))).toEqual(["#1 ...", "", "#2 B"]);
    expect(plain.push(log("a", "more", 7), after(7))).toEqual([]);
    expect(plain.end()).toEqual(["#2 ...", "", "#1 A", "#1 7.000 more"]);
  });

  it("writes the bytes of a part after a twentieth of them, or after five seconds", () => {
    const part = { type: "status", step: "a", id: "l", totalBytes: 1000 } as const;
    const lines = write(
      [0, stepSays("a", { name: "A" })],
      [0, { ...part, doneBytes: 0 }],
      [1, { ...part, doneBytes: 49 }],
      [1, { ...part, doneBytes: 50 }],
      [2, { ...part, doneBytes: 60 }],
      [6, { ...part, doneBytes: 61 }],
      [7, { ...part, doneBytes: 1000, endedAt: after(7) }],
      [8, { ...part, doneBytes: 1000, endedAt: after(7) }],
    );
    expect(lines.slice(1)).toEqual([
      "#1 l 0B / 1.00kB",
      "#1 l 50B / 1.00kB",
      "#1 l 61B / 1.00kB",
      "#1 l 1.00kB / 1.00kB done",
    ]);
  });
});
