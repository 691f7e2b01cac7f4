import path from "node:path";
import type { FileHandle } from "node:fs/promises";
import { cancellation } from "../../core/errors.js";
import { contextUnreadable } from "../walkContext.js";
import type { RequestedFile } from "./diffCopyFiles.js";
import type { PacedDisk } from "./fileSyncDisk.js";
import type { TransferProgress } from "./fileSyncProgress.js";
import { GrpcError } from "./grpcError.js";
import { DATA_HEAD_BYTES, encodeData } from "./syncPackets.js";
import { isGone } from "./syncWalkErrors.js";

/** Files that are read at the same time, and so open at most. */
const LANES = 4;
/** Files up to this size are read at one go. */
const SMALL_BYTES = 64 * 1024;
const CHUNK_BYTES = 256 * 1024;
const TRIM_FILES = 4096;

/** What a sender works with. */
export interface SenderParts {
  readonly root: string;
  readonly disk: PacedDisk;
  readonly progress: TransferProgress;
  /** Sends one packet; waits until BuildKit has room again, and the bytes may be overwritten. */
  readonly send: (packet: Uint8Array) => Promise<void>;
  /** Hears of a file that has gone since it was offered; BuildKit gets an empty one. */
  readonly onVanished: (absolutePath: string) => void;
  readonly signal: AbortSignal;
}

/** Sends the content of files, a few at a time, as BuildKit asks for them. */
export class DiffCopySender {
  readonly #parts: SenderParts;
  readonly #queue: RequestedFile[] = [];
  #next = 0;
  /** Files whose last packet is not on its way. */
  #unsent = 0;
  #busyLanes = 0;
  /** Of lanes that rest. A new one for each piece would fill the memory faster than it is cleared. */
  readonly #buffers: Buffer[] = [];
  readonly #lanes = new Set<Promise<void>>();
  readonly #fail: (error: unknown) => void;

  /** `onFailure` hears why a file can't be sent; nothing more is sent after that. */
  constructor(parts: SenderParts, onFailure: (error: unknown) => void) {
    this.#parts = parts;
    this.#fail = onFailure;
  }

  /** Files that were asked for and are not sent to their end. */
  get unsent(): number {
    return this.#unsent;
  }

  /** Queues a file. */
  request(file: RequestedFile): void {
    this.#unsent++;
    this.#queue.push(file);
    if (this.#busyLanes >= LANES) return;
    this.#busyLanes++;
    const lane = this.#work()
      .catch(this.#fail)
      .finally(() => this.#lanes.delete(lane));
    this.#lanes.add(lane);
  }

  /** Waits until nothing is read or sent any more. */
  async settle(): Promise<void> {
    await Promise.all(this.#lanes);
  }

  async #work(): Promise<void> {
    const buffer = this.#buffers.pop() ?? Buffer.allocUnsafeSlow(DATA_HEAD_BYTES + CHUNK_BYTES);
    for (let file = this.#take(); file; file = this.#take()) {
      if (this.#parts.signal.aborted) throw cancellation();
      await this.#sendFile(file, buffer);
    }
    this.#buffers.push(buffer);
    this.#busyLanes--;
  }

  #take(): RequestedFile | undefined {
    // Not one by one, which would move all that follow each time.
    if (this.#next >= TRIM_FILES) {
      this.#queue.splice(0, this.#next);
      this.#next = 0;
    }
    const file = this.#queue[this.#next];
    if (file) this.#next++;
    return file;
  }

  async #sendFile(file: RequestedFile, buffer: Buffer): Promise<void> {
    const { root, progress, send, onVanished, signal } = this.#parts;
    const absolutePath = path.join(root, file.path);
    let sentBytes: number | undefined;
    try {
      sentBytes = file.readable ? await this.#sendContent(file, absolutePath, buffer) : 0;
    } catch (error) {
      if (signal.aborted) throw cancellation();
      if (error instanceof GrpcError) throw error;
      if (!isGone(error)) throw contextUnreadable(absolutePath, error);
    }
    if (sentBytes === undefined) onVanished(absolutePath);
    // BuildKit may end the sync before `send` comes back.
    this.#unsent--;
    progress.endFile(file.sizeBytes, sentBytes ?? 0);
    await send(encodeData(file.id, buffer, 0));
  }

  /** Returns how many bytes went out; undefined for what is no file any more. */
  async #sendContent(
    file: RequestedFile,
    absolutePath: string,
    buffer: Buffer,
  ): Promise<number | undefined> {
    const { disk } = this.#parts;
    const bytes =
      file.sizeBytes <= SMALL_BYTES
        ? await disk.readSmall(absolutePath, buffer.subarray(DATA_HEAD_BYTES), SMALL_BYTES)
        : undefined;
    if (bytes !== undefined) {
      if (bytes > 0) await this.#sendData(file.id, buffer, bytes);
      return bytes;
    }
    const handle = await disk.open(absolutePath);
    try {
      return await this.#sendPieces(file.id, handle, buffer);
    } finally {
      await handle.close();
    }
  }

  /**
   * Sends what a file holds when it is opened, or less if it shrinks.
   *
   * A file that grows all the time has an end this way; one that is listed as empty is read as far
   * as it goes, as some file systems list no sizes.
   */
  async #sendPieces(id: number, handle: FileHandle, buffer: Buffer): Promise<number | undefined> {
    const stats = await handle.stat();
    if (!stats.isFile()) return undefined;
    const limit = stats.size || Infinity;
    let sentBytes = 0;
    while (sentBytes < limit) {
      if (this.#parts.signal.aborted) throw cancellation();
      const length = Math.min(CHUNK_BYTES, limit - sentBytes);
      const { bytesRead } = await handle.read(buffer, DATA_HEAD_BYTES, length);
      if (bytesRead === 0) break;
      await this.#sendData(id, buffer, bytesRead);
      sentBytes += bytesRead;
    }
    return sentBytes;
  }

  async #sendData(id: number, buffer: Buffer, bytes: number): Promise<void> {
    await this.#parts.send(encodeData(id, buffer, bytes));
    this.#parts.progress.send(bytes);
  }
}
