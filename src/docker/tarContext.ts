import { open, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { pack, type Header, type Pack } from "tar-stream";
import { cancellation, EcrError } from "../core/errors.js";
import { contextUnreadable, type ContextEntry } from "./walkContext.js";

/** A file that is made up rather than read. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: Buffer;
}

/** How much of a context was packed; grows while the archive is read. */
export interface PackedAmount {
  bytes: number;
  files: number;
  /** A link that leads out of the context, which some engines do not take. */
  linkOut?: string;
}

const CHUNK_BYTES = 256 * 1024;
const JOINED_BYTES = 64 * 1024;
const BLOCK_BYTES = 512;
/** The last second that the tar header's reader takes for a date, in 2038. */
const MAX_HEADER_SECONDS = 0x7fffffff;

/**
 * Packs entries into a tar archive, chunk by chunk, as fast as the chunks are taken.
 *
 * One file is open at a time. A file that vanishes or changes its size while it is read fails with
 * `context-unreadable`, so an archive that reaches its end is whole. Owners become root, as with the
 * docker CLI. Format: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
 */
export async function* packContext(
  entries: AsyncIterable<ContextEntry>,
  generated: readonly GeneratedFile[],
  packed: PackedAmount,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void, void> {
  for await (const chunk of joinSmall(packBlocks(entries, generated, packed, signal))) {
    packed.bytes += chunk.length;
    yield chunk;
  }
}

async function* packBlocks(
  entries: AsyncIterable<ContextEntry>,
  generated: readonly GeneratedFile[],
  packed: PackedAmount,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void, void> {
  const replaced = new Set(generated.map((file) => file.path));
  for await (const entry of entries) {
    if (replaced.has(entry.path)) continue;
    if (leadsOut(entry)) packed.linkOut = entry.path;
    yield await encodeHeader(toHeader(entry));
    if (entry.type === "file") {
      yield* readExactly(entry, signal);
      packed.files++;
    }
  }
  for (const { path: name, content } of generated) {
    const header = { name, size: content.length, type: "file" as const, mode: 0o100600 };
    yield await encodeHeader({ ...header, mtime: new Date(0) });
    yield Buffer.concat([content, padding(content.length)]);
  }
  yield Buffer.alloc(2 * BLOCK_BYTES);
}

/** An absolute target counts from the context's root, as in the image. */
function leadsOut({ type, path: name, linkTarget }: ContextEntry): boolean {
  if (type !== "symlink" || linkTarget.startsWith("/")) return false;
  return path.posix.join(path.posix.dirname(name), linkTarget).startsWith("../");
}

/** Joins small chunks, so that a context of small files is not one write to the socket per header. */
async function* joinSmall(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  let waiting: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    waiting.push(chunk);
    bytes += chunk.length;
    if (bytes < JOINED_BYTES) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    bytes = 0;
  }
  yield Buffer.concat(waiting);
}

type EntryHeader = Partial<Header> & Pick<Header, "name">;

function toHeader(entry: ContextEntry): EntryHeader {
  const seconds = Math.floor(entry.modifiedAt.getTime() / 1000);
  const headerSeconds = Math.min(Math.max(seconds, 0), MAX_HEADER_SECONDS);
  const pax: Record<string, string> = {};
  if (headerSeconds !== seconds) pax["mtime"] = String(seconds);
  // tar-stream writes names and links that are not ASCII, or long, as pax records by itself.
  return {
    name: entry.type === "directory" ? `${entry.path}/` : entry.path,
    type: entry.type,
    size: entry.sizeBytes,
    // The type bit keeps a mode of 0 from being taken for none.
    mode: entry.mode | 0o100000,
    mtime: new Date(headerSeconds * 1000),
    uid: 0,
    gid: 0,
    ...(entry.type === "symlink" ? { linkname: entry.linkTarget } : {}),
    ...(Object.keys(pax).length > 0 ? { pax } : {}),
  };
}

/**
 * Encodes one entry's header with an archive of its own.
 *
 * Bodies do not go through tar-stream: it would queue every header that follows without waiting.
 */
async function encodeHeader(header: EntryHeader): Promise<Buffer> {
  const archive = pack();
  archive.entry(header);
  await new Promise<void>((resolve) => archive.once("readable", resolve));
  const blocks: Buffer[] = [];
  for (let block = takeBlock(archive); block; block = takeBlock(archive)) blocks.push(block);
  return Buffer.concat(blocks);
}

function takeBlock(archive: Pack): Buffer | undefined {
  const block: unknown = archive.read();
  return Buffer.isBuffer(block) ? block : undefined;
}

/** Yields a file's bytes and their padding, exactly as many as its header says. */
async function* readExactly(
  entry: ContextEntry,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void, void> {
  const { absolutePath, sizeBytes } = entry;
  const changed = (): EcrError =>
    contextUnreadable(absolutePath, new Error("it changed while it was read"));
  let file: FileHandle | undefined;
  try {
    file = await open(absolutePath);
    let left = sizeBytes;
    do {
      if (signal.aborted) throw cancellation();
      // One byte more than is due tells a file that has grown.
      const length = Math.min(left, CHUNK_BYTES) + 1;
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length);
      if (bytesRead > left || (bytesRead === 0 && left > 0)) throw changed();
      left -= bytesRead;
      yield buffer.subarray(0, bytesRead);
    } while (left > 0);
  } catch (error) {
    if (signal.aborted) throw cancellation();
    throw error instanceof EcrError ? error : contextUnreadable(absolutePath, error);
  } finally {
    await file?.close();
  }
  if (sizeBytes % BLOCK_BYTES > 0) yield padding(sizeBytes);
}

function padding(sizeBytes: number): Buffer {
  return Buffer.alloc((BLOCK_BYTES - (sizeBytes % BLOCK_BYTES)) % BLOCK_BYTES);
}
