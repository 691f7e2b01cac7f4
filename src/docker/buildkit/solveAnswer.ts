import { setTimeout as delay } from "node:timers/promises";
import type { GrpcClient } from "./grpcClient.js";
import { GrpcError } from "./grpcError.js";
import { GRPC } from "./grpcStatus.js";

/** How long the answer to a solve may take once the solve seems to have ended. */
const ANSWER_MS = 3_000;
/** How long it takes at most until a connection that stays silent is looked at again. */
const LOOK_MS = 60_000;

/**
 * Waits for the answer to a solve, unless the connection has died while it came.
 *
 * A failure quotes the whole Dockerfile, and node:http2 reads no header of more than 64 KiB: with a
 * Dockerfile of 36 KiB it stops reading the connection at that place, without a word. The failure
 * is then `lastError`, what the status told of the failed step. `ending` settles when the solve
 * seems to have ended.
 */
export async function awaitAnswer(
  client: GrpcClient,
  solving: Promise<Uint8Array>,
  ending: Promise<unknown>,
  lastError: () => string | undefined,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const answered = new AbortController();
  const stop = AbortSignal.any([signal, answered.signal]);
  const deaf = ending
    .then(() => untilDeaf(client, stop))
    .then(() => {
      const message = lastError() ?? "the engine's answer is too long to be read";
      throw new GrpcError(GRPC.unknown, message);
    });
  try {
    return await Promise.race([solving, deaf]);
  } finally {
    answered.abort();
    deaf.catch(() => undefined);
  }
}

async function untilDeaf(client: GrpcClient, signal: AbortSignal): Promise<void> {
  for (let wait = ANSWER_MS; ; wait = Math.min(wait * 2, LOOK_MS)) {
    await delay(wait, undefined, { signal }).catch(() => undefined);
    // Whoever waits for the answer hears of an abort from the call itself.
    if (signal.aborted) await new Promise(() => undefined);
    if (!(await client.isAlive())) return;
  }
}
