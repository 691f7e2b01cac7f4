/** One page of a list, and what asks for the next one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/**
 * Yields the pages of a list, and asks for each while the one before is used: a page names the next,
 * so that none can be asked for earlier.
 *
 * Whoever leaves early ends the request that is under way.
 */
export async function* readAhead<T>(
  ask: (nextToken: string | undefined, signal: AbortSignal) => Promise<Page<T>>,
  signal: AbortSignal,
): AsyncGenerator<readonly T[], void> {
  const left = new AbortController();
  const stop = AbortSignal.any([signal, left.signal]);
  let pending: Promise<Page<T>> | undefined = ask(undefined, stop);
  try {
    while (pending) {
      const { items, nextToken }: Page<T> = await pending;
      pending = nextToken === undefined ? undefined : ask(nextToken, stop);
      // A failure is thrown when its page is due, and is no unhandled one until then.
      pending?.catch(() => undefined);
      yield items;
    }
  } finally {
    left.abort();
  }
}
