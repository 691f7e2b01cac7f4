import { isCancellation } from "../errors.js";
import type { ImageIndex, RepositoryPlace } from "./imageIndex.js";
import type { Registry } from "../ports.js";
import type { RegistryLocation } from "../registry.js";

/** What reading for a search needs. */
export interface ReadForSearchPorts {
  readonly index: ImageIndex;
  readonly open: (location: RegistryLocation) => Promise<Registry>;
  /** Tells whether a repository of this name should be read before others, asked each time anew. */
  readonly isWanted: (name: string) => boolean;
  /** More is known than before. */
  readonly onProgress: () => void;
  /** A repository can't be read. */
  readonly onFailure: (place: RepositoryPlace, error: unknown) => void;
  readonly now?: () => number;
}

/** Of the requests that registries let through at once, one is left for whoever opens a row. */
const READINGS_AT_ONCE = 4;
/** What was read longer ago is read again, after all that was never read. */
const STALE_MS = 5 * 60_000;
/** An index of so many images takes some ten million bytes for each hundred thousand. */
const MOST_IMAGES = 500_000;

/**
 * Reads the images of repositories that nobody has looked at yet into the index, those first that
 * are wanted, until all are read or too many to hold.
 *
 * A repository that can't be read is passed over.
 */
export async function readForSearch(ports: ReadForSearchPorts, signal: AbortSignal): Promise<void> {
  const staleMs = (ports.now ?? Date.now)() - STALE_MS;
  const work = async (): Promise<void> => {
    while (ports.index.progress.images < MOST_IMAGES) {
      const place = ports.index.nextUnread(ports.isWanted, staleMs);
      if (!place) return;
      await readOne(ports, place, signal);
      ports.onProgress();
    }
  };
  await Promise.all(Array.from({ length: READINGS_AT_ONCE }, work));
}

async function readOne(
  { index, open, onProgress, onFailure, now }: ReadForSearchPorts,
  place: RepositoryPlace,
  signal: AbortSignal,
): Promise<void> {
  const sink = index.sink(place, now);
  sink.begin();
  try {
    const registry = await open(place.location);
    for await (const page of registry.listImages(place.repository.name, signal)) {
      sink.add(page);
      onProgress();
    }
    sink.end();
  } catch (error) {
    if (isCancellation(error)) {
      sink.leave();
      throw error;
    }
    index.fail(place, now);
    onFailure(place, error);
  }
}
