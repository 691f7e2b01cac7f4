import { describe, expect, it } from "vitest";
import type { BuildEvent } from "../../../../src/core/enginePorts.js";
import { BuildProgress } from "../../../../src/docker/buildkit/buildProgress.js";
import { decodeStatusResponse } from "../../../../src/docker/buildkit/statusResponse.js";
import { parseInstructions } from "../../../../src/docker/dockerfileSource.js";
import { encodeStatus, type StatusSays } from "./statusMessage.js";

function feed(progress: BuildProgress, ...messages: readonly StatusSays[]): BuildEvent[] {
  return messages.flatMap((says) => [...progress.push(decodeStatusResponse(encodeStatus(says)))]);
}

function statesOf(events: readonly BuildEvent[]): string[] {
  return events.flatMap((event) => (event.type === "step" ? `${event.id} ${event.state}` : []));
}

describe("the progress of a build", () => {
  it("tells each change of a step once, by this machine's clock", () => {
    const step = { digest: "b", name: "[2/3] RUN make" };
    const messages = [
      { vertices: [{ digest: "a", name: "[1/3] FROM x" }, step] },
      { vertices: [{ ...step, started: 1 }] },
      { vertices: [{ ...step, started: 1, completed: 3 }] },
    ];
    const progress = new BuildProgress([], () => 1_000_000);
    const place = { stageIndex: 0, index: 2, total: 3, text: "RUN make" };
    const told = { type: "step", id: "b", name: "[2/3] RUN make", place };
    const startedAt = new Date(1_000_000);
    expect(feed(progress, ...messages, ...messages.slice(-1)).slice(1)).toEqual([
      { ...told, state: "waiting" },
      { ...told, state: "running", startedAt },
      { ...told, state: "done", startedAt, endedAt: new Date(1_002_000) },
    ]);
  });

  it("tells what the cache has as begun, then as cached", () => {
    const cached = { digest: "a", name: "[1/1] COPY a /", started: 1, completed: 1, cached: true };
    expect(statesOf(feed(new BuildProgress(), { vertices: [cached] }))).toEqual([
      "a running",
      "a cached",
    ]);
  });

  it("places steps in the Dockerfile: stage, platform and line", () => {
    const instructions = parseInstructions("FROM x AS make\nRUN one\nFROM y\n\nRUN two\n");
    const events = feed(new BuildProgress(instructions), {
      vertices: [
        { digest: "z", name: "[linux/arm64 stage-1 2/2] RUN two" },
        { digest: "a", name: "[linux/amd64 make 1/2] FROM x" },
      ],
    });
    expect(events).toMatchObject([
      { place: { stage: "stage-1", stageIndex: 1, platform: "linux/arm64", index: 2, line: 5 } },
      { place: { stage: "make", stageIndex: 0, platform: "linux/amd64", index: 1, line: 1 } },
    ]);
  });

  it("places a step that another build named where this Dockerfile has it", () => {
    const told = (text: string, ...names: readonly string[]): unknown[] => {
      const vertices = names.map((name) => ({ digest: name, name }));
      const events = feed(new BuildProgress(parseInstructions(text)), { vertices });
      return events.map((event) => "place" in event && event.place);
    };
    const single = "FROM x\n\nRUN one\nRUN two\n";
    expect(
      told(single, "[make 1/5] FROM docker.io/library/x", "[make 5/5] RUN two", "[a 2/3] RUN 3"),
    ).toEqual([
      { stageIndex: 0, index: 1, total: 3, line: 1, text: "FROM docker.io/library/x" },
      { stageIndex: 0, index: 3, total: 3, line: 4, text: "RUN two" },
      false,
    ]);
    const several = "FROM x AS make\nRUN one\nFROM y\nRUN two\n";
    expect(told(several, "[1/2] FROM y", "[other 2/2] RUN two")).toEqual([
      false,
      { stage: "stage-1", stageIndex: 1, index: 2, total: 2, line: 4, text: "RUN two" },
    ]);
  });

  it("tells the parts of steps, but not the context's, whose total only we know", () => {
    const progress = new BuildProgress([], () => 1000);
    const parts = feed(
      progress,
      {
        vertices: [
          { digest: "f", name: "[1/1] FROM x", started: 1 },
          { digest: "c", name: "[internal] load build context", started: 1 },
        ],
      },
      {
        statuses: [
          { vertex: "f", id: "sha256:a", current: 5, total: 10, started: 1 },
          { vertex: "c", id: "transferring context:", current: 5 },
          { vertex: "f", id: "sha256:a", current: 10, total: 10, started: 1, completed: 2 },
          { vertex: "gone", id: "x", current: 1 },
        ],
      },
    ).slice(2);
    const part = { type: "status", step: "f", id: "sha256:a", totalBytes: 10 };
    const startedAt = new Date(1000);
    expect(parts).toEqual([
      { ...part, doneBytes: 5, startedAt },
      { ...part, doneBytes: 10, startedAt, endedAt: new Date(2000) },
    ]);
    expect(progress.contextStep).toBe("c");
  });

  it("ends a step after its last words", () => {
    const step = { digest: "a", name: "[1/1] RUN a", started: 1 };
    const events = feed(
      new BuildProgress(),
      { vertices: [step] },
      { vertices: [{ ...step, completed: 2 }], logs: [{ vertex: "a", text: "bye\nno end" }] },
    );
    expect(events.map((event) => (event.type === "log" ? event.text : event.type))).toEqual([
      "step",
      "bye",
      "no end",
      "step",
    ]);
  });

  it("runs a step that begins anew", () => {
    const step = { digest: "a", name: "[1/1] FROM x" };
    const events = feed(
      new BuildProgress(),
      { vertices: [{ ...step, started: 1, completed: 2 }] },
      { vertices: [{ ...step, started: 3, completed: 3, cached: true }] },
    );
    expect(statesOf(events)).toEqual(["a running", "a done", "a cached"]);
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
      {
        logs: [
          { vertex: "a", text: "\u001b[31mline\u001b[0m\u001b]0;title\u0007\u0008\n\n10%\r20%\n" },
        ],
      },
      {
        logs: [
          { vertex: "a", text: "no end" },
          { vertex: "gone", text: "nobody's\n" },
        ],
      },
      { vertices: [{ digest: "a", name: "[1/2] RUN a", started: 1, completed: 1 }] },
    );
    expect(events.filter(({ type }) => type === "log")).toMatchObject([
      { step: "b", text: "two" },
      { step: "a", text: "one line" },
      { step: "a", text: "20%" },
      { step: "a", text: "no end" },
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
    const warning = { short: "FROM casing", url: "https://example.org/a", line: 2, endLine: 3 };
    expect(
      feed(new BuildProgress(), { warnings: [warning, warning, { short: "no place" }] }),
    ).toEqual([
      { type: "warning", text: "FROM casing", url: "https://example.org/a", line: 2, endLine: 3 },
      { type: "warning", text: "no place" },
    ]);
  });
});
