import { closeSync, existsSync, openSync, readSync } from "node:fs";

const TICK_MS = 5;
/** Its second number is how long this thread waited for a core, in ns: https://docs.kernel.org/scheduler/sched-stats.html */
const SCHEDSTAT = "/proc/thread-self/schedstat";

/**
 * Watches for how long this process holds its event loop.
 *
 * Where Linux tells, time in which other programs had the core doesn't count: no program can help it.
 */
export class BlockMonitor {
  readonly #file = existsSync(SCHEDSTAT) ? openSync(SCHEDSTAT, "r") : undefined;
  readonly #timer = setInterval(() => {
    this.#tick();
  }, TICK_MS);
  #endedAt = performance.now();
  #waitedMs = this.#readWaited();
  #longestMs = 0;

  /** Ends watching and returns the longest time that the loop was held, in ms. */
  stop(): number {
    this.#tick();
    clearInterval(this.#timer);
    if (this.#file !== undefined) closeSync(this.#file);
    return this.#longestMs;
  }

  #tick(): void {
    const now = performance.now();
    const waited = this.#readWaited();
    const heldMs = now - this.#endedAt - TICK_MS - (waited - this.#waitedMs);
    this.#longestMs = Math.max(this.#longestMs, heldMs);
    this.#endedAt = now;
    this.#waitedMs = waited;
  }

  #readWaited(): number {
    if (this.#file === undefined) return 0;
    const bytes = Buffer.alloc(128);
    const length = readSync(this.#file, bytes, 0, bytes.length, 0);
    return Number(bytes.toString("latin1", 0, length).split(" ")[1]) / 1e6;
  }
}
