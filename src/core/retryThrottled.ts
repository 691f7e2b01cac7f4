import { EcrError } from "./errors.js";
import { pause } from "./pause.js";

/** Pauses before each further try, in ms; the adapter has tried several times by then. */
const throttledPausesMs: readonly number[] = [1_000, 2_000, 4_000, 8_000, 16_000];

/**
 * Does the work again, after longer and longer pauses, while AWS says that it is asked too often.
 *
 * Meant for long lists that are read in the background; fails with `throttled` when the pauses are
 * used up. Each pause is up to half longer, so that readings which were refused together come apart.
 */
export async function retryThrottled<T>(
  work: () => Promise<T>,
  signal: AbortSignal,
  pausesMs: readonly number[] = throttledPausesMs,
): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const pauseMs = pausesMs[tries];
      if (pauseMs === undefined || !isThrottled(error)) throw error;
      await pause(pauseMs * (1 + Math.random() / 2), signal);
    }
  }
}

function isThrottled(error: unknown): boolean {
  return error instanceof EcrError && error.failure.kind === "throttled";
}
