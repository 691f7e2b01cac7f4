import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { cancellation, EcrError } from "../core/errors.js";
import type { BuildEvent, BuildRequest, BuiltImage } from "../core/enginePorts.js";
import { type BaseImage, listBaseImages, pullTarget } from "./baseImage.js";
import { prepareBuild, type PreparedBuild } from "./buildContext.js";
import { buildFailure } from "./buildFailure.js";
import { buildQuery } from "./buildQuery.js";
import { BuildOutput } from "./buildOutput.js";
import { findBuiltImage } from "./builtImage.js";
import type { StoredLogin } from "./credentialHelper.js";
import { withDefaultLabels } from "./defaultLabels.js";
import {
  connectionFailure,
  failureMessage,
  type EngineConnection,
  type EngineResponse,
} from "./engineConnection.js";
import { isPodman } from "./engineBuilders.js";
import { readMessages } from "./messageStream.js";
import { podmanIgnoreFile } from "./podmanIgnoreFile.js";
import { encodeRegistryConfig } from "./registryAuth.js";
import { type FindUserLogin, RegistryLogins } from "./registryLogins.js";
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

/** What a classic build may know of the machine. */
export interface ClassicMachine {
  readonly platform: NodeJS.Platform;
  /** Finds what the user has for hosts that get no token. */
  readonly findUserLogin: FindUserLogin;
  /** Receives lines for the log; never a secret. */
  readonly log: (line: string) => void;
}

/**
 * Builds with the engine's classic builder, which every engine has, and returns the image's id.
 *
 * The context streams as a tar archive. An abort, or leaving the loop over the events, closes the
 * request, and the engine then stops the running step and removes its containers.
 * API: https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Image/operation/ImageBuild
 */
export async function* buildClassic(
  connection: EngineConnection,
  plainRequest: BuildRequest,
  { platform, findUserLogin, log }: ClassicMachine,
  signal: AbortSignal,
): AsyncGenerator<BuildEvent, BuiltImage, void> {
  const prepared = await prepareBuild(plainRequest, platform);
  const request = withDefaultLabels(plainRequest, prepared.instructions);
  const warnings: string[] = [];
  const warn = (text: string): void => {
    warnings.push(text);
  };
  const { findToken } = request;
  const logins = new RegistryLogins({ findToken, findUserLogin, log, warn });
  const bases = listBaseImages(prepared.instructions, request);
  const found = await findLogins(bases, logins, signal);
  for (const text of warnings) yield { type: "warning", text };
  const packed: PackedAmount = { bytes: 0, files: 0 };
  const generated = (await isPodman(connection, signal))
    ? [...prepared.generated, ...(await podmanIgnoreFile(prepared))]
    : prepared.generated;
  const left = new AbortController();
  const stop = AbortSignal.any([signal, left.signal]);
  // The engine on the other side is a classic builder, so its own client's reach of ! rules holds.
  const walk = { ...prepared, reinclusion: "literal", platform } as const;
  const archive = Readable.from(packContext(walkContext(walk, stop), generated, packed, stop), {
    objectMode: false,
    highWaterMark: BUFFER_BYTES,
  });
  try {
    const sending = settle(send(connection, request, prepared, found, archive, stop));
    yield* reportUpload(packed, sending);
    const sent = await sending;
    if (signal.aborted) throw cancellation();
    if ("error" in sent) throw sent.error;
    const output = new BuildOutput(prepared.instructions);
    const fail: Fail = (message) =>
      buildFailure(message || explainSilence(packed), request, output.position, {
        bases,
        ownerOf: logins.ownerOf.bind(logins),
      });
    return yield* readBuild(connection, request, output, fail, sent.response, signal);
  } finally {
    left.abort();
    archive.destroy();
  }
}

/** Finds the logins of the registries that the Dockerfile names: the header goes out only once. */
async function findLogins(
  images: readonly BaseImage[],
  logins: RegistryLogins,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, StoredLogin>> {
  const found = new Map<string, StoredLogin>();
  for (const host of new Set(images.map(({ image }) => pullTarget(image).host))) {
    const login = await logins.find(host, signal);
    if (login) found.set(host, login);
  }
  return found;
}

type Fail = (message: string) => EcrError;

async function send(
  connection: EngineConnection,
  request: BuildRequest,
  prepared: PreparedBuild,
  logins: ReadonlyMap<string, StoredLogin>,
  archive: Readable,
  signal: AbortSignal,
): Promise<EngineResponse> {
  const query = {
    ...buildQuery(request),
    dockerfile: prepared.dockerfile,
    rm: "1",
    forcerm: "1",
  };
  const headers = { "X-Registry-Config": encodeRegistryConfig(logins) };
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

/** Podman refuses some archives with a status and nothing else. */
function explainSilence({ linkOut }: PackedAmount): string {
  const silence = "the engine refused the build without a reason";
  return linkOut === undefined
    ? silence
    : `${silence}; Podman takes no link that leads out of the context, such as ${linkOut}`;
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
  output: BuildOutput,
  fail: Fail,
  { status, body }: EngineResponse,
  signal: AbortSignal,
): AsyncGenerator<BuildEvent, BuiltImage, void> {
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
