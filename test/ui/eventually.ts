import { setTimeout as delay } from "node:timers/promises";

/**
 * Tries again until `attempt` doesn't throw, and returns what it returned.
 * After `forMs` (default: 15 s) the last failure is thrown. It waits for a state and never asserts
 * how long that took.
 */
export async function eventually<T>(attempt: () => Promise<T> | T, forMs = 15_000): Promise<T> {
  const endAt = Date.now() + forMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > endAt) throw error;
    }
    await delay(100);
  }
}
