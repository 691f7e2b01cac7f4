import { setTimeout as delay } from "node:timers/promises";

/** Slices are at most this part of a second's bytes, so that slow bytes still come evenly. */
const slicesPerSecond = 8;

/** Slows bytes down to a rate that all transfers share. */
export class RateLimiter {
  /** The rate in bytes per second, or undefined for no limit. */
  #bytesPerSecond: number | undefined;
  #freeAt = 0;

  setRate(bytesPerSecond: number | undefined): void {
    this.#bytesPerSecond = bytesPerSecond;
    this.#freeAt = 0;
  }

  /** Yields the bytes of a stream in slices, each when its turn has come. */
  async *pace(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      let offset = 0;
      while (offset < chunk.length) {
        const slice = chunk.subarray(offset, offset + this.#sliceBytes(chunk.length));
        await this.#wait(slice.length);
        yield slice;
        offset += slice.length;
      }
    }
  }

  #sliceBytes(chunkBytes: number): number {
    if (this.#bytesPerSecond === undefined) return chunkBytes;
    return Math.max(1, Math.floor(this.#bytesPerSecond / slicesPerSecond));
  }

  async #wait(bytes: number): Promise<void> {
    if (this.#bytesPerSecond === undefined) return;
    const now = Date.now();
    this.#freeAt = Math.max(now, this.#freeAt) + (bytes * 1000) / this.#bytesPerSecond;
    await delay(this.#freeAt - now);
  }
}
