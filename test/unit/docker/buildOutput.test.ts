import { describe, expect, it } from "vitest";
import type { BuildEvent } from "../../../src/core/enginePorts.js";
import { buildFailure } from "../../../src/docker/buildFailure.js";
import { BuildOutput } from "../../../src/docker/buildOutput.js";
import { parseInstructions } from "../../../src/docker/dockerfileSource.js";
import { type EngineMessage, readMessages } from "../../../src/docker/messageStream.js";
import { readFixture } from "./readFixture.js";

const nobody = { bases: [], ownerOf: () => undefined };
const request = { dockerfile: "/w/Dockerfile", context: "/w", platforms: [] };

async function replay(
  name: string,
  dockerfile: string,
): Promise<{ events: BuildEvent[]; output: BuildOutput; error: string | undefined }> {
  const output = new BuildOutput(parseInstructions(dockerfile));
  const events: BuildEvent[] = [];
  let error: string | undefined;
  async function* bytes(): AsyncGenerator<Buffer, void, void> {
    yield Buffer.from(await readFixture(name));
  }
  for await (const message of readMessages(bytes(), "build", new AbortController().signal)) {
    events.push(...output.push(message));
    error = message.error ?? error;
  }
  events.push(...output.end(error));
  return { events, output, error };
}

const NOTHING: EngineMessage = {
  stream: undefined,
  status: undefined,
  id: undefined,
  current: undefined,
  total: undefined,
  aux: undefined,
  trace: undefined,
  error: undefined,
};

function stepsOf(events: readonly BuildEvent[]): string[] {
  return events.flatMap((event) => (event.type === "step" ? `${event.name} ${event.state}` : []));
}

function linesOf(events: readonly BuildEvent[]): string[] {
  return events.flatMap((event) => (event.type === "log" ? event.text : []));
}

describe("a build's output", () => {
  it("ends with the image's id", async () => {
    const { events, output } = await replay("build-success", "FROM scratch\nCOPY a /\nCOPY b /\n");
    expect(output.imageId).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(stepsOf(events)).toEqual([
      "[1/3] FROM scratch running",
      "[1/3] FROM scratch done",
      "[2/3] COPY a / running",
      "[2/3] COPY a / done",
      "[3/3] COPY b / running",
      "[3/3] COPY b / done",
    ]);
  });

  it("names the line and the words of the step that failed", async () => {
    const dockerfile = "ARG A\nFROM busybox:local\n\nRUN echo before; echo wrong >&2; exit 3\n";
    const { events, output, error } = await replay("build-failed-step", dockerfile);
    expect(events).toContainEqual(expect.objectContaining({ type: "log", text: "wrong" }));
    expect(stepsOf(events).at(-1)).toBe("[3/3] RUN echo before; echo wrong >&2; exit 3 failed");
    expect(events.find((event) => event.type === "warning")?.text).toContain("IPv4 forwarding");
    expect(buildFailure(error ?? "", request, output.position, nobody).failure).toEqual({
      kind: "build-failed",
      dockerfile: "/w/Dockerfile",
      line: 4,
      step: "RUN echo before; echo wrong >&2; exit 3",
      message: "exit code: 3",
      output: ["wrong", "before"],
    });
  });

  it("says that a program is for another machine", async () => {
    const dockerfile = 'FROM busybox:local\nCOPY p /\nRUN chmod +x /p\nRUN ["/p"]\n';
    const { output, error } = await replay("build-foreign-program", dockerfile);
    const foreign = { ...request, platforms: ["linux/arm64"] };
    expect(buildFailure(error ?? "", foreign, output.position, nobody).failure).toEqual({
      kind: "emulator-missing",
      dockerfile: "/w/Dockerfile",
      line: 4,
      step: 'RUN ["/p"]',
      platforms: ["linux/arm64"],
    });
    expect(buildFailure(error ?? "", request, output.position, nobody).failure).toMatchObject({
      kind: "build-failed",
      message: expect.stringMatching(/^exit code: 1 .*can't run programs of this kind/) as string,
    });
  });

  it("reads the base image's host where the registry can't be reached", async () => {
    const dockerfile = "FROM nosuch/base\nRUN true\n";
    const { output, error } = await replay("build-missing-base", dockerfile);
    expect(buildFailure(error ?? "", request, output.position, nobody).failure).toMatchObject({
      kind: "registry-unreachable",
      host: "docker.io",
    });
  });

  it("takes no file that is missing in a stage for a missing base image", () => {
    const position = {
      step: "COPY --from=make /file /",
      line: 2,
      foreignProgram: false,
      lastLines: [],
    };
    const message = 'COPY failed: stat file: "/file": not found';
    expect(buildFailure(message, request, position, nobody).failure.kind).toBe("build-failed");
  });

  it("takes no step's own words for a registry's", () => {
    const message = "The command 'echo denied: Your authorization token has expired' returned 1";
    const position = { step: "RUN x", line: 2, foreignProgram: false, lastLines: [] };
    expect(buildFailure(message, request, position, nobody).failure.kind).toBe("build-failed");
  });

  it.each([
    "dockerfile parse error line 3: unknown instruction: RUNN",
    "dockerfile parse error on line 3: unknown instruction: RUNN (did you mean RUN?)",
    "Dockerfile parse error line 3: RUN requires at least one argument",
  ])("reads the line of a syntax error: %s", (message) => {
    const position = {
      step: undefined,
      line: undefined,
      foreignProgram: false,
      lastLines: [],
    };
    const { failure } = buildFailure(message, request, position, nobody);
    expect(failure).toMatchObject({ line: 3 });
    expect(failure).toMatchObject({ message: message.replace(/^.*? line 3: /, "") });
  });

  it.each([
    ['building at STEP "RUN false": while running runtime: exit status 1\n', "exit code: 1"],
    [
      'building at STEP "FOO ": Build error: Unknown instruction: "FOO" &imagebuilder.Step{Env:[]string{}, Original:"FOO bar"}\n',
      'Unknown instruction: "FOO"',
    ],
  ])("leaves out what Podman puts around the reason: %s", (message, reason) => {
    const position = { step: "RUN false", line: 2, foreignProgram: false, lastLines: [] };
    expect(buildFailure(message, request, position, nobody).failure).toMatchObject({
      message: reason,
    });
  });

  it("joins lines that arrive in pieces, and counts only the next step as one", () => {
    const output = new BuildOutput(parseInstructions("FROM a\nRUN b\n"));
    const stream = (text: string): BuildEvent[] => [
      ...output.push({
        ...NOTHING,
        stream: text,
      }),
    ];
    expect(stream("Step 1/2 : FR")).toEqual([]);
    const events = stream("OM a\nStep 2/2 : RUN b\nStep 2/2 : no\n ---> Using cache\nlast");
    expect(stepsOf(events)).toEqual([
      "[1/2] FROM a running",
      "[1/2] FROM a done",
      "[2/2] RUN b running",
    ]);
    expect(linesOf(events)).toEqual(["Step 2/2 : no", " ---> Using cache"]);
    const last = [...output.end()];
    expect(linesOf(last)).toEqual(["last"]);
    expect(stepsOf(last)).toEqual(["[2/2] RUN b cached"]);
  });

  it("reads the steps of Podman, whose stages count anew", () => {
    const output = new BuildOutput(parseInstructions("FROM a AS one\nFROM b\nRUN c\n"));
    const said = "[1/2] STEP 1/1: FROM a AS one\n[2/2] STEP 1/2: FROM b\n[2/2] STEP 2/2: RUN c\n";
    const events = [...output.push({ ...NOTHING, stream: said })];
    const steps = events.flatMap((event) => (event.type === "step" ? [event.place] : []));
    expect(steps.at(-1)).toEqual({
      stage: "stage-1",
      stageIndex: 1,
      index: 2,
      total: 2,
      text: "RUN c",
      line: 3,
    });
  });

  it("finds the lines of Podman's steps after an argument that stands before the first stage", () => {
    const output = new BuildOutput(parseInstructions("ARG A\nFROM $A\nRUN b\n"));
    const stream = "STEP 1/2: FROM a\nSTEP 2/2: RUN b\n";
    const events = [...output.push({ ...NOTHING, stream })];
    const steps = events.flatMap((event) => (event.type === "step" ? [event.place?.line] : []));
    expect(steps).toEqual([2, 2, 3]);
  });
});
