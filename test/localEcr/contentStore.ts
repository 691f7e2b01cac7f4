import { createReadStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import type { ReadStream } from "node:fs";
import { statSync, writeFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import { digestOf } from "./digest.js";

/** Bytes on disk, found by their digest; shared by all repositories, as equal bytes are equal. */
export class ContentStore {
  readonly #content: string;
  readonly #uploads: string;

  constructor(dataDir: string) {
    this.#content = join(dataDir, "content");
    this.#uploads = join(dataDir, "uploads");
    // An upload lives in its process: what an earlier one left half done can't be continued.
    rmSync(this.#uploads, { recursive: true, force: true });
    mkdirSync(this.#uploads, { recursive: true });
  }

  /** Returns a new path for bytes whose digest is not known yet. */
  uploadPath(): string {
    return join(this.#uploads, randomUUID());
  }

  /** Moves a finished upload to the place of its digest. */
  adopt(uploadPath: string, digest: string): void {
    const path = this.path(digest);
    mkdirSync(dirname(path), { recursive: true });
    renameSync(uploadPath, path);
  }

  /** Keeps some bytes and returns their digest. */
  write(bytes: Uint8Array | string): string {
    const digest = digestOf(bytes);
    if (!existsSync(this.path(digest))) {
      const upload = this.uploadPath();
      writeFileSync(upload, bytes);
      this.adopt(upload, digest);
    }
    return digest;
  }

  /** Returns the bytes of a digest at once; for manifests, whose size is limited. */
  read(digest: string): Buffer {
    return readFileSync(this.path(digest));
  }

  /** Returns the bytes of a digest as a stream, from `start` to `end`, both included. */
  stream(digest: string, start: number, end: number): ReadStream {
    return createReadStream(this.path(digest), { start, end });
  }

  /** Returns the number of bytes behind a digest, or undefined when there are none. */
  sizeBytes(digest: string): number | undefined {
    return statSync(this.path(digest), { throwIfNoEntry: false })?.size;
  }

  /** Deletes everything that is kept. */
  clear(): void {
    rmSync(this.#content, { recursive: true, force: true });
  }

  path(digest: string): string {
    const hex = digest.slice("sha256:".length);
    return join(this.#content, hex.slice(0, 2), hex);
  }
}
