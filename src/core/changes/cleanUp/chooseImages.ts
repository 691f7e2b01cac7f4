import { type ImageTies, reachFrom } from "../../images/imageTies.js";
import type { Image } from "../../registry.js";
import { type CleanUpCriteria, hasKeptTag, isOldEnough } from "./criteria.js";

/**
 * Chooses the images that fit the criteria, of those that depend on no other one.
 *
 * An image is as lately used as anything in it: clients may pull a platform without its index.
 */
export function chooseImages(
  images: readonly Image[],
  ties: ImageTies,
  criteria: CleanUpCriteria,
  now: Date,
): readonly string[] {
  const pulls = new Map(images.map(({ digest, lastPulledAt }) => [digest, lastPulledAt]));
  return images
    .filter(({ digest }) => !ties.dependent.has(digest))
    .filter(({ tags }) => !criteria.isUntaggedOnly || tags.length === 0)
    .toSorted((a, b) => (b.pushedAt?.getTime() ?? 0) - (a.pushedAt?.getTime() ?? 0))
    .slice(Math.max(0, criteria.keepNewest))
    .filter((image) => {
      if (hasKeptTag(image, criteria)) return false;
      let lastMs = 0;
      for (const digest of reachFrom([image.digest], ties)) {
        lastMs = Math.max(lastMs, pulls.get(digest)?.getTime() ?? 0);
      }
      return isOldEnough(image, lastMs > 0 ? new Date(lastMs) : undefined, criteria, now);
    })
    .map(({ digest }) => digest);
}
