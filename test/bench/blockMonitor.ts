import { closeSync, existsSync, openSync, readSync } from "node:fs";

const TICK_MS = 5;
/** How long this thread ran, then how long it waited for a core, in ns: https://docs.kernel.org/scheduler/sched-stats.html */
const SCHEDSTAT = "/proc/thread-self/schedstat";

/** How long an event loop was held at most. */
export interface LongestBlock {
  /** In ms, without the time in which other programs had the core, where Linux tells. */
  readonly wallMs: number;
  /**
   * Of that, what this thread itself worked, in ms; NaN where the system doesn't tell. The rest are
   * waits inside a call, such as the collector's for its helper threads on a machine that is busy.
   */
  readonly workMs: number;
}

/** Watches for how long this process holds its event loop. */
export class BlockMonitor {
  readonly #file = existsSync(SCHEDSTAT) ? openSync(SCHEDSTAT, "r") : undefined;
  readonly #timer = setInterval(() => {
    this.#tick();
  }, TICK_MS);
  #endedAt = performance.now();
  #times = this.#readTimes();
  #longest: LongestBlock = { wallMs: 0, workMs: this.#file === undefined ? NaN : 0 };

  /** Ends watching and returns the longest times that the loop was held. */
  stop(): LongestBlock {
    this.#tick();
    clearInterval(this.#timer);
    if (this.#file !== undefined) closeSync(this.#file);
    return this.#longest;
  }

  #tick(): void {
    const now = performance.now();
    const times = this.#readTimes();
    const waitedMs = times.waitedMs - this.#times.waitedMs;
    const wallMs = now - this.#endedAt - TICK_MS - waitedMs;
    const workMs = times.workedMs - this.#times.workedMs;
    this.#longest = {
      wallMs: Math.max(this.#longest.wallMs, wallMs),
      workMs: Math.max(this.#longest.workMs, workMs),
    };
    this.#endedAt = now;
    this.#times = times;
  }

  #readTimes(): { readonly workedMs: number; readonly waitedMs: number } {
    if (this.#file === undefined) return { workedMs: NaN, waitedMs: 0 };
    const bytes = Buffer.alloc(128);
    const length = readSync(this.#file, bytes, 0, bytes.length, 0);
    const [worked, waited] = bytes.toString("latin1", 0, length).split(" ");
    return { workedMs: Number(worked) / 1e6, waitedMs: Number(waited) / 1e6 };
  }
}
