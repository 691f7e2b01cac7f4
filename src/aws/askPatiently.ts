import { setTimeout as delay } from "node:timers/promises";
import { EcrError } from "../core/errors.js";

/** How long each further try waits, in milliseconds; the SDK has made three of its own before. */
const WAITS_MS: readonly number[] = [1_000, 2_000, 4_000, 8_000];

/**
 * Asks again, later each time, while AWS wants fewer requests.
 *
 * A long list that stops at its eightieth page is worth more patience than a single question. Fails
 * with `throttled` when AWS still wants fewer after the last wait.
 */
export async function askPatiently<T>(
  ask: () => Promise<T>,
  signal: AbortSignal,
  waitsMs = WAITS_MS,
): Promise<T> {
  for (const waitMs of waitsMs) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof EcrError) || error.failure.kind !== "throttled") throw error;
    }
    // Windows that were slowed down together must not come back together.
    await delay(waitMs * (0.5 + Math.random() / 2), undefined, { signal });
  }
  return ask();
}
