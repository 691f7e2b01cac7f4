import { mergeSorted } from "./mergeSorted.js";
import type { Registry } from "./ports.js";
import type { Image, Repository } from "./registry.js";

/** A list that is read page by page: what is there so far, and whether more is to come. */
export interface Listing<T> {
  readonly items: readonly T[];
  readonly isComplete: boolean;
}

/** The empty list whose reading has not begun. */
export const nothingRead: Listing<never> = { items: [], isComplete: false };

/** Yields the repositories read so far, by name, after each page that AWS returns. */
export async function* readRepositories(
  registry: Registry,
  signal: AbortSignal,
): AsyncGenerator<Listing<Repository>, void> {
  yield* readPages(registry.listRepositories(signal), byName);
}

/**
 * Yields the images read so far, newest first, after each page that AWS returns.
 *
 * ECR pages images in no useful order, so that the newest are certain only when the listing is
 * complete.
 */
export async function* readImages(
  registry: Registry,
  repository: string,
  signal: AbortSignal,
): AsyncGenerator<Listing<Image>, void> {
  yield* readPages(registry.listImages(repository, signal), newestFirst);
}

async function* readPages<T>(
  pages: AsyncIterable<readonly T[]>,
  order: (a: T, b: T) => number,
): AsyncGenerator<Listing<T>, void> {
  let items: readonly T[] = [];
  for await (const page of pages) {
    items = mergeSorted(items, page, order);
    yield { items, isComplete: false };
  }
  yield { items, isComplete: true };
}

function byName(a: Repository, b: Repository): number {
  return a.name < b.name ? -1 : 1;
}

function newestFirst(a: Image, b: Image): number {
  return (b.pushedAt?.getTime() ?? 0) - (a.pushedAt?.getTime() ?? 0);
}
