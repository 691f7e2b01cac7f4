import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  opendirSync,
  openSync,
  promises,
  readSync,
  type BigIntStats,
  type Dir,
  type Dirent,
} from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";

/** How long file system work may hold the event loop before others get their turn. */
const SLICE_MS = 6;
/** A call that takes this long tells of a disk that should not be waited for on the main thread. */
const SLOW_MS = 20;
/** How many calls go through Node's threads after a slow one; each further one doubles it. */
const THREADED_CALLS = 256;
/** How many entries of a folder are read at one go. */
const FOLDER_ENTRIES = 1024;
/** Links are not followed, and a pipe that took a file's place does not block. */
const OPEN_FLAGS =
  constants.O_RDONLY |
  // Windows has neither flag, whatever the types say.
  ((constants.O_NOFOLLOW as number | undefined) ?? 0) |
  ((constants.O_NONBLOCK as number | undefined) ?? 0);

/**
 * The file system as a build reads it: many small calls in short slices of the event loop.
 *
 * Calls that block cost a fifth of calls through Node's threads, so they are used while the disk
 * answers at once. After a slow answer, as of a network drive, threads take over for a while, and
 * for longer after each further one.
 */
export class PacedDisk {
  #sliceEndsAt = 0;
  #turn: Promise<void> | undefined;
  #nextThreadedCalls = THREADED_CALLS;

  /** `threadedCalls` is how many calls go through threads before the first that may block. */
  constructor(private threadedCalls = 0) {}

  async lstat(path: string): Promise<BigIntStats> {
    await this.pace();
    if (this.#isThreaded()) return promises.lstat(path, { bigint: true });
    return this.#watch(() => lstatSync(path, { bigint: true }));
  }

  /** Lists what a folder holds, in the order of the system. */
  async readFolder(path: string): Promise<readonly Dirent[]> {
    await this.pace();
    if (this.#isThreaded()) return promises.readdir(path, { withFileTypes: true });
    const folder = this.#watch(() => opendirSync(path, { bufferSize: FOLDER_ENTRIES }));
    const entries: Dirent[] = [];
    try {
      while (this.#watch(() => readSome(folder, entries))) await this.pace();
    } finally {
      folder.closeSync();
    }
    return entries;
  }

  /**
   * Reads a small file at one go into a buffer, which is longer than `maxBytes`, and returns its
   * size.
   *
   * Undefined for a file that must be read in pieces: one that has grown beyond `maxBytes`, or
   * whose bytes do not come at once.
   */
  async readSmall(path: string, buffer: Buffer, maxBytes: number): Promise<number | undefined> {
    await this.pace();
    if (this.#isThreaded()) return undefined;
    return this.#watch(() => readSmall(path, buffer, maxBytes));
  }

  /** Opens a file for reading, but not through a link. */
  async open(path: string): Promise<promises.FileHandle> {
    await this.pace();
    return promises.open(path, OPEN_FLAGS);
  }

  /** Waits while this turn of the event loop has had its share. */
  async pace(): Promise<void> {
    while (performance.now() >= this.#sliceEndsAt) {
      this.#turn ??= nextTurn().then(() => {
        this.#turn = undefined;
        this.#sliceEndsAt = performance.now() + SLICE_MS;
      });
      await this.#turn;
    }
  }

  #isThreaded(): boolean {
    if (this.threadedCalls === 0) return false;
    this.threadedCalls--;
    return true;
  }

  #watch<T>(call: () => T): T {
    const startedAt = performance.now();
    try {
      return call();
    } finally {
      if (performance.now() - startedAt > SLOW_MS) {
        this.threadedCalls = this.#nextThreadedCalls;
        this.#nextThreadedCalls *= 2;
      }
    }
  }
}

/** Adds some of a folder's entries; tells whether there may be more. */
function readSome(folder: Dir, entries: Dirent[]): boolean {
  for (let count = 0; count < FOLDER_ENTRIES; count++) {
    const entry = folder.readSync();
    if (!entry) return false;
    entries.push(entry);
  }
  return true;
}

function readSmall(path: string, buffer: Buffer, maxBytes: number): number | undefined {
  const file = openSync(path, OPEN_FLAGS);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile() || stats.size > maxBytes) return undefined;
    // One byte more than is due tells a file that the system lists as empty, but is not.
    const bytesRead = readSync(file, buffer, 0, stats.size + 1, 0);
    return bytesRead === stats.size ? bytesRead : undefined;
  } finally {
    closeSync(file);
  }
}
