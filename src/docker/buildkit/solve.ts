import { setTimeout as delay } from "node:timers/promises";
import type { GrpcClient } from "./grpcClient.js";
import { awaitAnswer } from "./solveAnswer.js";
import {
  decodeSolveResponse,
  encodeSolveRequest,
  encodeStatusRequest,
  type SolveRequest,
} from "./solveRequest.js";
import { decodeStatusResponse, type StatusResponse } from "./statusResponse.js";

/** How long the last words of the status may take after the solve has ended, or was cancelled. */
const LAST_WORDS_MS = 3_000;

/**
 * Lets BuildKit solve a request and returns what its exporter says.
 *
 * `onStatus` gets each message of the status stream, the next when it has settled; the stream ends
 * with the solve. An abort makes BuildKit kill the running steps; it has done so when this rejects,
 * and gives no more names.
 * Source: https://github.com/moby/buildkit/blob/master/control/control.go
 */
export async function solve(
  client: GrpcClient,
  request: SolveRequest,
  onStatus: (status: StatusResponse) => Promise<void>,
  log: (line: string) => void,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const over = new AbortController();
  const solving = client.call(CONTROL + "Solve", encodeSolveRequest(request), signal);
  let lastError: string | undefined;
  let ended: () => void = () => undefined;
  const ending = new Promise<void>((resolve) => (ended = resolve));
  const take = async (status: StatusResponse): Promise<void> => {
    const failed = status.vertices.find(({ error }) => error && !/context canceled/.test(error));
    lastError ??= failed?.error;
    if (failed) ended();
    await onStatus(status);
  };
  const watching = watch(client, request.ref, take, over.signal).catch((error: unknown) => {
    // The solve itself says how the build ends; the status only says how it goes.
    if (!over.signal.aborted && !signal.aborted) log(`buildkit status: ${String(error)}`);
  });
  try {
    void watching.then(ended);
    return decodeSolveResponse(await awaitAnswer(client, solving, ending, () => lastError, signal));
  } finally {
    const timer = new AbortController();
    const limit = delay(LAST_WORDS_MS, undefined, { signal: timer.signal }).catch(() => undefined);
    await Promise.race([watching, limit]);
    timer.abort();
    over.abort();
    await watching;
  }
}

const CONTROL = "/moby.buildkit.v1.Control/";

async function watch(
  client: GrpcClient,
  ref: string,
  onStatus: (status: StatusResponse) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const messages = client.stream(CONTROL + "Status", encodeStatusRequest(ref), signal);
  for await (const message of messages) await onStatus(decodeStatusResponse(message));
}
