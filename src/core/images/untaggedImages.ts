import { reachFrom, tieImages } from "./imageTies.js";
import type { Manifest } from "./manifest.js";
import type { Image } from "../registry.js";

/**
 * Finds the images that no tag leads to, by digest: they have none, no tagged index holds them, and
 * they are no signature or the like of an image with a tag.
 *
 * `manifests` are those that were read; an index that is not among them may hold more.
 */
export function findUntagged(
  images: readonly Image[],
  manifests: ReadonlyMap<string, Manifest>,
): ReadonlySet<string> {
  const tagged = images.filter(({ tags }) => tags.length > 0);
  const reached = reachFrom(
    tagged.map(({ digest }) => digest),
    tieImages(images, manifests),
  );
  return new Set(images.map(({ digest }) => digest).filter((digest) => !reached.has(digest)));
}
