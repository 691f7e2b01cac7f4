import { describe, expect, it } from "vitest";
import { GrpcError } from "../../../../src/docker/buildkit/grpcError.js";
import { FieldWriter, readMessage, text } from "../../../../src/docker/buildkit/protoFields.js";
import { solve } from "../../../../src/docker/buildkit/solve.js";
import type { SessionCall } from "../../../../src/docker/buildkit/sessionService.js";
import { encodeStatus } from "./statusMessage.js";
import { connect, patience, serviceOf } from "./wire.js";

const request = {
  ref: "the-ref",
  session: "the-session",
  frontend: "dockerfile.v0",
  frontendAttributes: { filename: "Dockerfile" },
  exporter: { type: "moby", attributes: {} },
  cacheExports: [],
  entitlements: ["network.host"],
};

interface Solved {
  readonly steps: string[];
  readonly log: string[];
  readonly response: Readonly<Record<string, string>>;
}

/** Solves with a BuildKit whose two methods do as the test says. */
async function solveWith(
  onSolve: (call: SessionCall) => Promise<void>,
  onStatus: (call: SessionCall) => Promise<void>,
  signal = patience,
): Promise<Solved> {
  const { client } = await connect([
    serviceOf("/moby.buildkit.v1.Control/Solve", onSolve),
    serviceOf("/moby.buildkit.v1.Control/Status", onStatus),
  ]);
  const steps: string[] = [];
  const log: string[] = [];
  const take = ({ vertices }: { vertices: readonly { name: string }[] }): Promise<void> => {
    steps.push(...vertices.map(({ name }) => name));
    return Promise.resolve();
  };
  const response = await solve(client, request, take, (line) => log.push(line), signal);
  return { steps, log, response };
}

const answerWell = (call: SessionCall): Promise<void> =>
  call.send(new FieldWriter().map(1, { "containerimage.digest": "sha256:1" }).finish());

describe("a solve", () => {
  it("returns what the exporter says, after the status has ended", async () => {
    const { steps, log, response } = await solveWith(answerWell, async (call) => {
      await call.send(encodeStatus({ vertices: [{ digest: "a", name: "one" }] }));
      await new Promise((resolve) => setTimeout(resolve, 50));
      await call.send(encodeStatus({ vertices: [{ digest: "b", name: "two" }] }));
    });
    expect(response).toEqual({ "containerimage.digest": "sha256:1" });
    expect(steps).toEqual(["one", "two"]);
    expect(log).toEqual([]);
  });

  it("asks for the status under the name of the solve", async () => {
    const refs: string[] = [];
    const keep = async (call: SessionCall): Promise<void> => {
      for await (const message of call.messages) {
        readMessage(message, { 1: text((ref) => refs.push(ref)) });
      }
    };
    await solveWith(async (call) => {
      await keep(call);
      await answerWell(call);
    }, keep);
    expect(refs).toEqual(["the-ref", "the-ref"]);
  });

  it("fails as the solve fails, and still hears what led to it", async () => {
    const heard: string[] = [];
    const solving = solveWith(
      () => Promise.reject(new GrpcError(2, "exit code: 1")),
      async (call) => {
        await call.send(encodeStatus({ vertices: [{ digest: "a", name: "one" }] }));
        heard.push("one");
      },
    );
    await expect(solving).rejects.toMatchObject({ code: 2, message: "exit code: 1" });
    expect(heard).toEqual(["one"]);
  });

  it.each([
    ["is no message", (call: SessionCall) => call.send(Uint8Array.from([0x0a, 0x7f]))],
    ["breaks off", () => Promise.reject(new GrpcError(14, "gone"))],
  ])("goes on, and says so in the log, when the status %s", async (_, onStatus) => {
    const { response, log } = await solveWith(answerWell, onStatus);
    expect(response).toEqual({ "containerimage.digest": "sha256:1" });
    expect(log).toEqual([expect.stringContaining("buildkit status: ")]);
  });

  it("fails when the answer is no message", async () => {
    const garbage = (call: SessionCall): Promise<void> => call.send(Uint8Array.from([0x0a, 0x7f]));
    await expect(solveWith(garbage, () => Promise.resolve())).rejects.toBeInstanceOf(Error);
  });

  it("tells BuildKit when it is cancelled", async () => {
    const cancel = new AbortController();
    const told: string[] = [];
    const wait = (name: string) => (call: SessionCall) =>
      new Promise<void>((resolve) => {
        call.signal.addEventListener("abort", () => {
          told.push(name);
          resolve();
        });
      });
    setTimeout(() => {
      cancel.abort();
    }, 50);
    const solving = solveWith(wait("solve"), wait("status"), cancel.signal);
    await expect(solving).rejects.toMatchObject({ name: "AbortError" });
    await expect.poll(() => told.sort()).toEqual(["solve", "status"]);
  });
});
