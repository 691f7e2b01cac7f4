import { EcrError, isCancellation } from "../core/errors.js";
import { formatImageReference, type ImageReference } from "../core/imageReference.js";
import type { LayerEvent, PushedManifest } from "../core/enginePorts.js";
import type { RegistryToken } from "../core/login/registryToken.js";
import { text } from "node:stream/consumers";
import { connectionFailure, failureMessage, type EngineConnection } from "./engineConnection.js";
import { explainPush } from "./pushFailure.js";
import { readMessages, type EngineMessage } from "./messageStream.js";
import { encodeRegistryAuth } from "./registryAuth.js";
import { asText } from "./untyped.js";

/**
 * Pushes one tag and returns the digest that the engine reports.
 *
 * The token travels with this one request and only when it is for the reference's host. A push
 * whose stream ends without a digest fails with `stream-truncated`: engines answer 200 before they
 * push. API: https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Image/operation/ImagePush
 */
export async function* pushReference(
  connection: EngineConnection,
  reference: ImageReference,
  token: RegistryToken,
  signal: AbortSignal,
): AsyncGenerator<LayerEvent, PushedManifest, void> {
  const { host, tag } = reference;
  if (tag === undefined) {
    const value = formatImageReference(reference);
    throw new EcrError({
      kind: "invalid-input",
      field: "tag",
      value,
      reason: "a push needs a tag",
    });
  }
  const own = token.host === host ? token : undefined;
  const body = await open(connection, reference, tag, own, signal);
  try {
    let digest: string | undefined;
    const layers = new Map<string, LayerEvent>();
    for await (const message of readMessages(body, "push", signal)) {
      if (message.error !== undefined) {
        throw await explainPush(connection, reference, own, message.error, signal);
      }
      digest = findDigest(message) ?? digest;
      const event = toLayerEvent(message, message.id ? layers.get(message.id) : undefined);
      if (!event) continue;
      layers.set(event.id, event);
      yield event;
    }
    if (!digest) throw new EcrError({ kind: "stream-truncated", operation: "push" });
    return { digest };
  } finally {
    // The engine stops uploading when its client is gone.
    body.destroy();
  }
}

async function open(
  connection: EngineConnection,
  reference: ImageReference,
  tag: string,
  token: RegistryToken | undefined,
  signal: AbortSignal,
): Promise<NodeJS.ReadableStream & AsyncIterable<Uint8Array> & { destroy(): unknown }> {
  const path = `/images/${reference.host}/${reference.repository}/push`;
  const headers = { "X-Registry-Auth": encodeRegistryAuth(token) };
  try {
    const request = { method: "POST", path, query: { tag }, headers } as const;
    const { status, body } = await connection.send(request, signal);
    if (status === 200) return body;
    throw await explainPush(connection, reference, token, failureMessage(await text(body)), signal);
  } catch (error) {
    if (error instanceof EcrError || isCancellation(error)) throw error;
    throw connectionFailure(connection.address, error, "push");
  }
}

/** The line that ends a push in every engine, such as `v1: digest: sha256:… size: 528`. */
const DIGEST_LINE = /^\S+: digest: (sha256:[0-9a-f]{64}) size: \d+/;

function findDigest({ aux, status }: EngineMessage): string | undefined {
  return asText(aux?.["Digest"]) ?? (status ? DIGEST_LINE.exec(status)?.[1] : undefined);
}

/**
 * Turns a status line of a layer into an event; undefined for lines that are about no layer.
 *
 * Words: https://github.com/moby/moby/blob/v20.10.24/distribution/push_v2.go and
 * https://github.com/moby/moby/blob/master/daemon/containerd/image_push.go
 */
function toLayerEvent(
  { id, status, current, total }: EngineMessage,
  previous: LayerEvent | undefined,
): LayerEvent | undefined {
  if (!id || !status) return undefined;
  const state = layerState(status) ?? previous?.state;
  if (!state) return undefined;
  const totalBytes = Math.max(total ?? 0, current ?? 0, previous?.totalBytes ?? 0);
  const sentBytes = state === "done" ? totalBytes : (current ?? previous?.sentBytes ?? 0);
  return { type: "layer", id, state, sentBytes, totalBytes, text: status };
}

function layerState(status: string): LayerEvent["state"] | undefined {
  if (/^(?:Preparing|Waiting)\b/.test(status)) return "waiting";
  if (/^Pushing\b/.test(status)) return "uploading";
  if (/^Pushed\b/.test(status)) return "done";
  if (/already exists$/i.test(status)) return "exists";
  if (/^Mounted from\b/.test(status)) return "mounted";
  return /^Retrying\b/.test(status) ? "retrying" : undefined;
}
