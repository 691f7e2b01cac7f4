import { tryParseEcrHost } from "../../core/ecrHost.js";
import type { EcrPlace, SeenInEcr } from "../../core/images/inEcr.js";
import type { Image } from "../../core/registry.js";

/** A repository as far as its images are read. */
export interface ReadRepository {
  readonly uri: string;
  readonly images: readonly Image[];
  readonly isComplete: boolean;
}

/**
 * Finds images of these digests in what was read of repositories; one walk over all of them, as a
 * repository may hold very many.
 */
export function collectSeen(
  repositories: Iterable<ReadRepository>,
  digests: ReadonlySet<string>,
): SeenInEcr {
  const places = new Map<string, EcrPlace[]>();
  const whole = new Set<string>();
  const hosts = new Set<string>();
  for (const { uri, images, isComplete } of repositories) {
    if (isComplete) whole.add(uri);
    hosts.add(uri.slice(0, uri.indexOf("/")));
    for (const { digest, tags } of images) {
      if (!digests.has(digest)) continue;
      const place = { uri, tags, isSeen: true };
      const others = places.get(digest);
      if (others) others.push(place);
      else places.set(digest, [place]);
    }
  }
  return {
    find: (digest) => places.get(digest) ?? [],
    isWhole: (uri) => whole.has(uri),
    isRegistry: (host) => hosts.has(host) || tryParseEcrHost(host) !== undefined,
  };
}
