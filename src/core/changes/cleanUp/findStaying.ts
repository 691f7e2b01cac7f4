import { isManifestTelling } from "../../images/foldImages.js";
import { type ImageTies, reachFrom } from "../../images/imageTies.js";
import type { Manifest } from "../../images/manifest.js";
import { type Image, isIndex } from "../../registry.js";

/** What a clean-up has to leave, by digest. */
export interface Staying {
  /** What stays by itself, and what these images hold. */
  readonly held: ReadonlySet<string>;
  /** What may belong to an image that stays, and all that this holds. */
  readonly unclear: ReadonlySet<string>;
}

/**
 * Finds what stays when some images are to go.
 *
 * An index whose manifest could not be read may hold all that was there before it; an image without
 * tags whose manifest could not be read may be the signature of any other.
 */
export function findStaying(
  images: readonly Image[],
  manifests: ReadonlyMap<string, Manifest>,
  ties: ImageTies,
  chosen: ReadonlySet<string>,
): Staying {
  const isUnread = ({ digest }: Image): boolean => !manifests.has(digest);
  // What nothing chosen leads to stays as well, such as two images that claim to be about each other.
  const reachable = reachFrom(chosen, ties);
  const byThemselves = images
    .map(({ digest }) => digest)
    .filter(
      (digest) => !reachable.has(digest) || !(ties.dependent.has(digest) || chosen.has(digest)),
    );
  const held = reachFrom(byThemselves, ties);
  const aboutUnknown = images.filter(
    (image) =>
      image.tags.length === 0 &&
      image.subject === undefined &&
      isManifestTelling(image) &&
      isUnread(image),
  );
  let all = reachFrom([...held, ...aboutUnknown.map(({ digest }) => digest)], ties);
  for (;;) {
    const unreadMs = latestUnread(images, all, isUnread);
    const mayBeHeld = images.filter(({ pushedAt }) => (pushedAt?.getTime() ?? 0) <= unreadMs);
    const more = reachFrom([...all, ...mayBeHeld.map(({ digest }) => digest)], ties);
    if (more.size === all.size) return { held, unclear: all };
    all = more;
  }
}

/** When the latest unread index that stays was pushed; without its time, it may hold anything. */
function latestUnread(
  images: readonly Image[],
  staying: ReadonlySet<string>,
  isUnread: (image: Image) => boolean,
): number {
  let latest = -Infinity;
  for (const image of images) {
    if (!isIndex(image) || !staying.has(image.digest) || !isUnread(image)) continue;
    latest = Math.max(latest, image.pushedAt?.getTime() ?? Infinity);
  }
  return latest;
}
