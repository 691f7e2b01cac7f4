import { methodNotAllowed } from "./blobs.js";
import type { BlobUploads } from "./blobUploads.js";
import { isDigest } from "./digest.js";
import type { Exchange } from "./exchange.js";
import { OciError } from "./ociError.js";

/** Answers a request that starts an upload: a mount, a whole blob, or an empty session. */
export async function answerNewUpload(exchange: Exchange, uploads: BlobUploads): Promise<void> {
  const { request, url, name } = exchange;
  if (request.method !== "POST") throw methodNotAllowed();
  const mount = url.searchParams.get("mount");
  if (mount !== null && mountBlob(exchange, mount, url.searchParams.get("from"))) return;
  const id = uploads.start(name);
  const digest = url.searchParams.get("digest");
  if (digest === null) answerProgress(exchange, id, 0);
  else await completeUpload(exchange, uploads, id, digest);
}

/** Answers a request about an upload: more bytes, the end, how far it is, or its cancellation. */
export async function answerUpload(
  exchange: Exchange,
  uploads: BlobUploads,
  id: string,
): Promise<void> {
  const { request, response, url, name } = exchange;
  switch (request.method) {
    case "GET":
      answerProgress(exchange, id, uploads.sizeBytes(name, id), 204);
      return;
    case "PATCH": {
      checkOffset(exchange, uploads.sizeBytes(name, id));
      const received = await uploads.receive(name, id, request);
      if (received.kind === "cut") response.destroy();
      else answerProgress(exchange, id, received.sizeBytes);
      return;
    }
    case "PUT":
      await completeUpload(exchange, uploads, id, url.searchParams.get("digest") ?? "");
      return;
    case "DELETE":
      await uploads.cancel(name, id);
      response.writeHead(204).end();
      return;
    case undefined:
    default:
      throw methodNotAllowed();
  }
}

async function completeUpload(
  exchange: Exchange,
  uploads: BlobUploads,
  id: string,
  digest: string,
): Promise<void> {
  const { request, response, name } = exchange;
  if (!isDigest(digest)) throw new OciError("DIGEST_INVALID", `Invalid digest ${digest}`, 400);
  checkOffset(exchange, uploads.sizeBytes(name, id));
  const received = await uploads.receive(name, id, request);
  if (received.kind === "cut") {
    response.destroy();
    return;
  }
  const blob = await uploads.finish(name, id, digest);
  const { images } = exchange.open();
  if (!images.blob(digest)) images.apply({ blobs: [blob] });
  answerCreated(exchange, digest);
}

/** Lets the repository hold a blob that another one of the registry has. */
function mountBlob(exchange: Exchange, digest: string, from: string | null): boolean {
  const { context } = exchange;
  const { key, images } = exchange.open();
  const source = from === null ? undefined : context.store.registry(key).find(from);
  if (!source) return false;
  const blob = context.store.images(key, source).blob(digest);
  if (!blob) return false;
  if (!images.blob(digest)) images.apply({ blobs: [blob] });
  answerCreated(exchange, digest);
  return true;
}

function checkOffset({ request, response }: Exchange, sizeBytes: number): void {
  const range = request.headers["content-range"];
  const start = /^(?:bytes )?(\d+)-\d+/.exec(range ?? "")?.[1];
  if (range === undefined || Number(start) === sizeBytes) return;
  response.setHeader("range", `0-${Math.max(0, sizeBytes - 1)}`);
  throw new OciError("BLOB_UPLOAD_INVALID", `The upload continues at byte ${sizeBytes}`, 416);
}

function answerProgress(
  { response, name }: Exchange,
  id: string,
  sizeBytes: number,
  status = 202,
): void {
  response.writeHead(status, {
    location: `/v2/${name}/blobs/uploads/${id}`,
    range: `0-${Math.max(0, sizeBytes - 1)}`,
    "docker-upload-uuid": id,
    "content-length": 0,
  });
  response.end();
}

function answerCreated({ response, name }: Exchange, digest: string): void {
  response.writeHead(201, {
    location: `/v2/${name}/blobs/${digest}`,
    "docker-content-digest": digest,
    "content-length": 0,
  });
  response.end();
}
