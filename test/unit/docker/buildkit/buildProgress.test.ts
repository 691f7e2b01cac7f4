import { describe, expect, it } from "vitest";
import type { BuildEvent } from "../../../../src/core/ports.js";
import { BuildProgress } from "../../../../src/docker/buildkit/buildProgress.js";
import { decodeStatusResponse } from "../../../../src/docker/buildkit/statusResponse.js";
import { encodeStatus, type StatusSays } from "./statusMessage.js";

function feed(progress: BuildProgress, ...messages: readonly StatusSays[]): BuildEvent[] {
  return messages.flatMap((says) => [...progress.push(decodeStatusResponse(encodeStatus(says)))]);
}

describe("the progress of a build", () => {
  it("tells each step once, when it starts", () => {
    const step = { digest: "b", name: "[2/3] RUN make" };
    const events = feed(
      new BuildProgress(),
      { vertices: [{ digest: "a", name: "[1/3] FROM x" }, step] },
      { vertices: [{ ...step, started: 1 }] },
      { vertices: [{ ...step, started: 1, completed: 3 }] },
      { vertices: [{ ...step, started: 1, completed: 3 }] },
    );
    expect(events).toEqual([
      { type: "step", index: 2, total: 3, text: "RUN make", isCached: false },
      { type: "log", text: "[2/3] took 2.0 s" },
    ]);
  });

  it("marks what the cache has, and takes no time for it", () => {
    const cached = { digest: "a", name: "[1/1] COPY a /", started: 1, completed: 1, cached: true };
    expect(feed(new BuildProgress(), { vertices: [cached] })).toEqual([
      { type: "step", index: 1, total: 1, text: "COPY a /", isCached: true },
    ]);
  });

  it("counts the stages in the Dockerfile's order, whichever comes first", () => {
    const events = feed(new BuildProgress(["make", "stage-1"]), {
      vertices: [
        { digest: "z", name: "[stage-1 2/2] COPY --from=make /a /", started: 2 },
        { digest: "a", name: "[make 1/3] FROM x", started: 1 },
      ],
    });
    expect(events).toMatchObject([
      { index: 5, total: 5, stage: "stage-1" },
      { index: 1, total: 5, stage: "make" },
    ]);
  });

  it("writes whole lines, each step's apart, without colours", () => {
    const vertices = [
      { digest: "a", name: "[1/2] RUN a", started: 1 },
      { digest: "b", name: "[2/2] RUN b", started: 1 },
    ];
    const events = feed(
      new BuildProgress(),
      { vertices },
      {
        logs: [
          { vertex: "a", text: "one " },
          { vertex: "b", text: "two\n" },
        ],
      },
      { logs: [{ vertex: "a", text: "\u001b[31mline\u001b[0m\n\n10%\r20%\n" }] },
      {
        logs: [
          { vertex: "a", text: "no end" },
          { vertex: "gone", text: "nobody's\n" },
        ],
      },
      { vertices: [{ digest: "a", name: "[1/2] RUN a", started: 1, completed: 1 }] },
    );
    expect(events.filter(({ type }) => type === "log")).toEqual([
      { type: "log", text: "two" },
      { type: "log", text: "one line" },
      { type: "log", text: "20%" },
      { type: "log", text: "no end" },
      { type: "log", text: "[1/2] took 0.0 s" },
    ]);
  });

  it("keeps the step that failed and its last lines, not those it took along", () => {
    const progress = new BuildProgress();
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index}\n`).join("");
    feed(
      progress,
      { vertices: [{ digest: "a", name: "[one 1/2] RUN a", started: 1 }] },
      { logs: [{ vertex: "a", text: `${lines}the end` }] },
      {
        vertices: [
          { digest: "b", name: "[2/2] RUN b", started: 1, completed: 1, error: "context canceled" },
          { digest: "a", name: "[one 1/2] RUN a", started: 1, completed: 1, error: "exit code: 1" },
        ],
      },
    );
    expect(progress.failed).toMatchObject({
      error: "exit code: 1",
      step: { stage: "one", index: 1, total: 2, text: "RUN a" },
    });
    expect(progress.failed?.lastLines).toHaveLength(10);
    expect(progress.failed?.lastLines.at(-1)).toBe("the end");
  });

  it("warns once of each place", () => {
    const warning = { short: "FROM casing", url: "https://example.org/a", line: 2 };
    expect(
      feed(new BuildProgress(), { warnings: [warning, warning, { short: "no place" }] }),
    ).toEqual([
      { type: "warning", text: "FROM casing (https://example.org/a)", line: 2 },
      { type: "warning", text: "no place" },
    ]);
  });
});
