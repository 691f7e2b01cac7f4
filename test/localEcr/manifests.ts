import { methodNotAllowed } from "./blobs.js";
import { deleteImage } from "./deleteImage.js";
import { digestOf, isDigest } from "./digest.js";
import type { Exchange } from "./exchange.js";
import type { ImageTable } from "./imageTable.js";
import { OciError } from "./ociError.js";
import { maxManifestBytes, putImage } from "./putImage.js";
import { readManifest } from "./readManifest.js";
import type { ImageRecord } from "./records.js";
import { readBody } from "./requestBody.js";

const dayMs = 86_400_000;

/** Answers a request for a manifest, by tag or by digest. */
export async function answerManifest(exchange: Exchange, reference: string): Promise<void> {
  switch (exchange.request.method) {
    case "HEAD":
    case "GET":
      sendManifest(exchange, reference);
      return;
    case "PUT":
      await receiveManifest(exchange, reference);
      return;
    case "DELETE":
      deleteManifest(exchange, reference);
      return;
    case undefined:
    default:
      throw methodNotAllowed();
  }
}

function sendManifest(exchange: Exchange, reference: string): void {
  const { request, response, context } = exchange;
  const { images } = exchange.open();
  const image = findManifest(images, reference);
  if (image.status !== "ACTIVE") throw manifestUnknown();
  response.setHeader("content-type", image.mediaType);
  response.setHeader("docker-content-digest", image.digest);
  response.setHeader("content-length", image.manifestBytes);
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  // ECR promises no more than one update a day.
  if (Date.now() - (image.pulledAt ?? 0) > dayMs) {
    images.apply({ put: [{ ...image, pulledAt: Date.now() }] });
  }
  response.end(readManifest(context, image));
}

async function receiveManifest(exchange: Exchange, reference: string): Promise<void> {
  const { request, response, context, name } = exchange;
  const bytes = await readBody(request, maxManifestBytes);
  if (!bytes) {
    const text = `The manifest is larger than ${maxManifestBytes} bytes`;
    throw new OciError("SIZE_INVALID", text, 413);
  }
  const byDigest = reference.includes(":");
  if (byDigest && digestOf(bytes) !== reference) {
    throw new OciError("DIGEST_INVALID", `The manifest does not have digest ${reference}`, 400);
  }
  const image = putImage(context, exchange.open(), {
    bytes,
    mediaType: request.headers["content-type"],
    tag: byDigest ? undefined : reference,
  });
  if (image.subject !== undefined) response.setHeader("oci-subject", image.subject);
  response.writeHead(201, {
    location: `/v2/${name}/manifests/${image.digest}`,
    "docker-content-digest": image.digest,
    "content-length": 0,
  });
  response.end();
}

function deleteManifest(exchange: Exchange, reference: string): void {
  const { images } = exchange.open();
  const image = findManifest(images, reference);
  const refused = deleteImage(images, image, isDigest(reference) ? undefined : reference);
  if (refused) {
    const text = `Requested image referenced by manifest list: [${refused.parents.join(", ")}]`;
    throw new OciError("DENIED", text, 403);
  }
  exchange.response.writeHead(202, { "content-length": 0 }).end();
}

function findManifest(images: ImageTable, reference: string): ImageRecord {
  const image = isDigest(reference) ? images.byDigest(reference) : images.byTag(reference);
  if (!image) throw manifestUnknown();
  return image;
}

function manifestUnknown(): OciError {
  return new OciError("MANIFEST_UNKNOWN", "Requested image not found", 404);
}
