import { text } from "node:stream/consumers";
import type { LocalImage } from "../core/enginePorts.js";
import type { PullEvent, PullFromRegistry } from "../core/images/engineImages.js";
import { EcrError, isCancellation } from "../core/errors.js";
import { formatImageReference } from "../core/imageReference.js";
import type { RegistryToken } from "../core/login/registryToken.js";
import {
  connectionFailure,
  type EngineConnection,
  type EngineResponse,
  failureMessage,
} from "./engineConnection.js";
import { findLocalImage } from "./localImages.js";
import { type EngineMessage, readMessages } from "./messageStream.js";
import { explainPull } from "./pullFailure.js";
import { encodeRegistryAuth } from "./registryAuth.js";

/**
 * Pulls an image by its digest, which is also the proof that it is the one that was asked for.
 *
 * Engines answer 200 before they pull, so that a failure may come inside the answer, and an answer
 * that ends without the image fails with `stream-truncated`.
 * API: https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Image/operation/ImageCreate
 */
export async function* pullReference(
  connection: EngineConnection,
  request: PullFromRegistry,
  token: RegistryToken | undefined,
  signal: AbortSignal,
): AsyncGenerator<PullEvent, LocalImage, void> {
  const own = token?.host === request.reference.host ? token : undefined;
  const { body } = await open(connection, request, own, signal);
  try {
    const layers = new Map<string, PullEvent>();
    for await (const message of readMessages(body, "pull", signal)) {
      if (message.error !== undefined) {
        throw await explainPull(connection, request, own, message.error, signal);
      }
      const event = toPullEvent(message, message.id ? layers.get(message.id) : undefined);
      if (!event) continue;
      layers.set(event.id, event);
      yield event;
    }
  } finally {
    // The engine stops the download when its client is gone.
    body.destroy();
  }
  const { host, repository, digest } = request.reference;
  const image = await findLocalImage(connection, `${host}/${repository}@${digest}`, signal);
  if (!image) throw new EcrError({ kind: "stream-truncated", operation: "pull" });
  return image;
}

async function open(
  connection: EngineConnection,
  request: PullFromRegistry,
  token: RegistryToken | undefined,
  signal: AbortSignal,
): Promise<EngineResponse> {
  const { reference, platform } = request;
  const fromImage = formatImageReference({ ...reference, tag: undefined, digest: undefined });
  const query = { fromImage, tag: reference.digest, platform };
  const headers = { "X-Registry-Auth": encodeRegistryAuth(token) };
  try {
    const asked = { method: "POST", path: "/images/create", query, headers } as const;
    const response = await connection.send(asked, signal);
    if (response.status === 200) return response;
    const message = failureMessage(await text(response.body));
    throw await explainPull(connection, request, token, message, signal);
  } catch (error) {
    if (error instanceof EcrError || isCancellation(error)) throw error;
    throw connectionFailure(connection.address, error, "pull");
  }
}

/**
 * Turns a status line of a layer into an event; undefined for lines that are about no layer.
 *
 * Words: https://github.com/moby/moby/blob/v20.10.24/distribution/xfer/download.go,
 * https://github.com/moby/moby/blob/v26.1.5/daemon/containerd/progress.go and
 * https://github.com/containers/podman/blob/v4.3.1/pkg/api/handlers/compat/images.go
 */
function toPullEvent(
  { id, status, current, total }: EngineMessage,
  previous: PullEvent | undefined,
): PullEvent | undefined {
  if (!id || !status) return undefined;
  const state = layerState(status);
  if (!state) return undefined;
  const totalBytes = Math.max(total ?? 0, previous?.totalBytes ?? 0);
  // What is unpacked is counted anew by engines, and all of it is there.
  const isHere = state === "downloaded" || state === "unpacking" || state === "done";
  const doneBytes = isHere ? totalBytes : (current ?? previous?.doneBytes ?? 0);
  return { type: "layer", id, state, doneBytes, totalBytes, text: status };
}

function layerState(status: string): PullEvent["state"] | undefined {
  if (/^(?:Pulling fs layer|Waiting|Preparing)\b/.test(status)) return "waiting";
  if (/^Downloading\b/.test(status)) return "downloading";
  if (/^(?:Verifying Checksum|Download complete)\b/.test(status)) return "downloaded";
  if (/^Extracting\b/.test(status)) return "unpacking";
  if (/^Pull complete\b/.test(status)) return "done";
  if (/already exists$/i.test(status)) return "exists";
  return /^Retrying\b/.test(status) ? "retrying" : undefined;
}
