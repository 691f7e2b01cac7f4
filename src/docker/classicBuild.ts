import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { cancellation, EcrError } from "../core/errors.js";
import type { BuildEvent, BuildRequest, BuiltImage } from "../core/ports.js";
import { prepareBuild, type PreparedBuild } from "./buildContext.js";
import { buildFailure } from "./buildFailure.js";
import { buildQuery } from "./buildQuery.js";
import { BuildOutput } from "./buildOutput.js";
import { findBuiltImage } from "./builtImage.js";
import {
  connectionFailure,
  failureMessage,
  type EngineConnection,
  type EngineResponse,
} from "./engineConnection.js";
import { readMessages } from "./messageStream.js";
import { encodeRegistryConfig } from "./registryAuth.js";
import { packContext, type PackedAmount } from "./tarContext.js";
import { walkContext } from "./walkContext.js";

/** The upload of the context, named as BuildKit names its own. */
const CONTEXT_STEP = {
  type: "step",
  id: "context",
  name: "[internal] load build context",
} as const;
/** How often the upload of the context is told. */
const PROGRESS_MS = 150;
/** Bytes that may wait between the packer and the socket. */
const BUFFER_BYTES = 1024 * 1024;

/**
 * Builds with the engine's classic builder, which every engine has, and returns the image's id.
 *
 * The context streams as a tar archive. An abort, or leaving the loop over the events, closes the
 * request, and the engine then stops the running step and removes its containers.
 * API: https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Image/operation/ImageBuild
 */
export async function* buildClassic(
  connection: EngineConnection,
  request: BuildRequest,
  platform: NodeJS.Platform,
  signal: AbortSignal,
): AsyncGenerator<BuildEvent, BuiltImage, void> {
  const prepared = await prepareBuild(request, platform);
  const packed: PackedAmount = { bytes: 0, files: 0 };
  const left = new AbortController();
  const stop = AbortSignal.any([signal, left.signal]);
  // The engine on the other side is a classic builder, so its own client's reach of ! rules holds.
  const walk = { ...prepared, reinclusion: "literal", platform } as const;
  const archive = Readable.from(
    packContext(walkContext(walk, stop), prepared.generated, packed, stop),
    { objectMode: false, highWaterMark: BUFFER_BYTES },
  );
  try {
    const sending = settle(send(connection, request, prepared, archive, stop));
    yield* reportUpload(packed, sending);
    const sent = await sending;
    if (signal.aborted) throw cancellation();
    if ("error" in sent) throw sent.error;
    return yield* readBuild(connection, request, prepared, sent.response, signal);
  } finally {
    left.abort();
    archive.destroy();
  }
}

async function send(
  connection: EngineConnection,
  request: BuildRequest,
  prepared: PreparedBuild,
  archive: Readable,
  signal: AbortSignal,
): Promise<EngineResponse> {
  const query = {
    ...buildQuery(request),
    dockerfile: prepared.dockerfile,
    rm: "1",
    forcerm: "1",
  };
  const headers = { "X-Registry-Config": encodeRegistryConfig(request.tokens) };
  try {
    return await connection.send(
      { method: "POST", path: "/build", query, headers, body: archive },
      signal,
    );
  } catch (error) {
    if (error instanceof EcrError || signal.aborted) throw error;
    throw connectionFailure(connection.address, error, "build");
  }
}

type Settled = { readonly response: EngineResponse } | { readonly error: unknown };

/** Keeps a failure until somebody asks, so that it is never an unhandled one meanwhile. */
function settle(sending: Promise<EngineResponse>): Promise<Settled> {
  return sending.then(
    (response) => ({ response }),
    (error: unknown) => ({ error }),
  );
}

async function* reportUpload(
  packed: PackedAmount,
  sending: Promise<Settled>,
): AsyncGenerator<BuildEvent, void, void> {
  const step = { ...CONTEXT_STEP, startedAt: new Date() };
  yield { ...step, state: "running" };
  let told = -1;
  for (let done = false; !done;) {
    const tick = delay(PROGRESS_MS, undefined, { ref: false });
    done = (await Promise.race([sending, tick])) !== undefined;
    if (packed.bytes === told) continue;
    told = packed.bytes;
    yield { type: "context", step: step.id, sentBytes: packed.bytes, files: packed.files };
  }
  yield { ...step, state: "done", endedAt: new Date() };
}

async function* readBuild(
  connection: EngineConnection,
  request: BuildRequest,
  { instructions }: PreparedBuild,
  { status, body }: EngineResponse,
  signal: AbortSignal,
): AsyncGenerator<BuildEvent, BuiltImage, void> {
  const output = new BuildOutput(instructions);
  const fail = (message: string): EcrError => buildFailure(message, request, output.position);
  if (status !== 200) throw fail(failureMessage(await text(body)));
  for await (const message of readMessages(body, "build", signal)) {
    yield* output.push(message);
    if (message.error === undefined) continue;
    yield* output.end(message.error);
    throw fail(message.error);
  }
  yield* output.end();
  if (!output.imageId) throw new EcrError({ kind: "stream-truncated", operation: "build" });
  return findBuiltImage(connection, request, output.imageId, fail, signal);
}
