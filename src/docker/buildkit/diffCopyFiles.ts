import type { SyncEntry } from "./syncWalk.js";
import { invalid } from "./syncPackets.js";

/** A file that BuildKit asked for. */
export interface RequestedFile {
  /** Its place among everything that was offered, from 0. */
  readonly id: number;
  readonly path: string;
  /** As it was offered. */
  readonly sizeBytes: number;
  /** False for a socket, which BuildKit takes for an empty file. */
  readonly readable: boolean;
}

/** Any of Go's types; without them a mode is a file to BuildKit, which may ask for its content. */
const TYPE_BITS = 0x8f280000;

/**
 * What was offered to BuildKit, each entry until it is asked for.
 *
 * Arrays rather than an object for each: a context may hold half a million files.
 */
export class OfferedFiles {
  /** True when everything is on offer; until then BuildKit can't have compared it all. */
  complete = false;
  readonly #paths: (string | undefined)[] = [];
  readonly #sizes: number[] = [];

  /** Takes the next entry that was offered. */
  add(entry: SyncEntry): void {
    const file = (entry.mode & TYPE_BITS) === 0;
    this.#paths.push(file ? entry.path : undefined);
    this.#sizes.push(entry.readable ? entry.sizeBytes : SOCKET);
  }

  /** Gives a file out; fails with a `GrpcError` for what is none, or was asked for before. */
  take(id: number): RequestedFile {
    const path = this.#paths[id];
    const size = this.#sizes[id] ?? SOCKET;
    if (path === undefined) throw invalid(`file ${id} was requested, which is not on offer`);
    this.#paths[id] = undefined;
    return { id, path, sizeBytes: Math.max(size, 0), readable: size !== SOCKET };
  }
}

const SOCKET = -1;
