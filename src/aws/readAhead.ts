import { EcrError } from "../core/errors.js";
import { retryThrottled } from "../core/retryThrottled.js";

/** One page of a list, and what asks for the next one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/** How a list is read. */
export interface ReadAheadOptions<T> {
  /** What tells an item from all others of the list. */
  readonly keyOf: (item: T) => string;
  /** How long each further try waits when AWS wants fewer requests. */
  readonly waitsMs?: readonly number[];
}

/** How often a list may begin anew; one whose pages end sooner than it can be read never ends. */
const MAX_RESTARTS = 3;

/**
 * Yields the pages of a list, and asks for each while the one before is used: a page names the next,
 * so that none can be asked for earlier.
 *
 * A list that AWS has forgotten, as after a night's sleep, is read from its beginning, and what was
 * yielded before is left out. Whoever leaves early ends the request that is under way.
 */
export async function* readAhead<T>(
  ask: (nextToken: string | undefined, signal: AbortSignal) => Promise<Page<T>>,
  signal: AbortSignal,
  { keyOf, waitsMs }: ReadAheadOptions<T>,
): AsyncGenerator<readonly T[], void> {
  const left = new AbortController();
  const stop = AbortSignal.any([signal, left.signal]);
  const start = (token: string | undefined): Promise<Page<T>> => {
    const page = retryThrottled(() => ask(token, stop), stop, waitsMs);
    // A failure is thrown when its page is due, and is no unhandled one until then.
    page.catch(() => undefined);
    return page;
  };
  const yielded: (readonly T[])[] = [];
  let known: ReadonlySet<string> | undefined;
  let restarts = 0;
  let pending: Promise<Page<T>> | undefined = start(undefined);
  try {
    while (pending) {
      let page: Page<T>;
      try {
        page = await pending;
      } catch (error) {
        if (!isForgotten(error) || restarts === MAX_RESTARTS) throw error;
        restarts += 1;
        known = new Set(yielded.flatMap((items) => items.map(keyOf)));
        pending = start(undefined);
        continue;
      }
      pending = page.nextToken === undefined ? undefined : start(page.nextToken);
      const seen = known;
      const items = seen ? page.items.filter((item) => !seen.has(keyOf(item))) : page.items;
      yielded.push(items);
      yield items;
    }
  } finally {
    left.abort();
  }
}

function isForgotten(error: unknown): boolean {
  return error instanceof EcrError && error.failure.kind === "page-expired";
}
