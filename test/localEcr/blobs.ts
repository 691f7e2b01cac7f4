import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Context } from "./context.js";
import type { Exchange } from "./exchange.js";
import { OciError } from "./ociError.js";

/** Answers HEAD and GET of a blob that the repository holds. */
export async function answerBlob(exchange: Exchange, digest: string): Promise<void> {
  const { request, response, context } = exchange;
  if (request.method !== "GET" && request.method !== "HEAD") throw methodNotAllowed();
  const blob = exchange.open().images.blob(digest);
  if (!blob) throw blobUnknown(digest);
  response.setHeader("docker-content-digest", digest);
  await sendContent(context, response, digest, request.method, request.headers.range);
}

/** Sends the bytes of a digest, or the part of them that a Range header asks for. */
export async function sendContent(
  { store, faults }: Context,
  response: ServerResponse,
  digest: string,
  method: string,
  range: string | undefined,
): Promise<void> {
  const size = store.content.sizeBytes(digest);
  if (size === undefined) throw blobUnknown(digest);
  const part = parseRange(range, size);
  if (part === "unsatisfiable") {
    response.setHeader("content-range", `bytes */${size}`);
    throw new OciError("RANGE_INVALID", "The requested range is not satisfiable", 416);
  }
  const { start, end } = part ?? { start: 0, end: size - 1 };
  response.statusCode = part ? 206 : 200;
  if (part) response.setHeader("content-range", `bytes ${start}-${end}/${size}`);
  response.setHeader("accept-ranges", "bytes");
  response.setHeader("content-type", "application/octet-stream");
  response.setHeader("content-length", end - start + 1);
  if (method === "HEAD" || size === 0) {
    response.end();
    return;
  }
  const bytes = faults.rate.pace(store.content.stream(digest, start, end));
  await pipeline(Readable.from(bytes, { objectMode: false }), response);
}

function blobUnknown(digest: string): OciError {
  return new OciError("BLOB_UNKNOWN", `The layer with digest '${digest}' does not exist`, 404);
}

/** Returns the refusal for a method that an address does not have. */
export function methodNotAllowed(): OciError {
  return new OciError("UNSUPPORTED", "The operation is unsupported", 405);
}

/** A header that is no single range of bytes is ignored, as HTTP has it. */
function parseRange(
  range: string | undefined,
  size: number,
): { start: number; end: number } | "unsatisfiable" | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(range ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return start > end || start >= size ? "unsatisfiable" : { start, end };
}
