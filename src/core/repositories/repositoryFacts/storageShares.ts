import { isBuildCache } from "../../images/foldImages.js";
import { findOwner } from "../../images/imageOwner.js";
import type { Manifest } from "../../images/manifest.js";
import { type Image, isIndex } from "../../registry.js";
import { findUntagged } from "../../images/untaggedImages.js";

/** For what a repository stores bytes; each image counts once, by the first that fits. */
export type StorageUse = "archived" | "cache" | "attached" | "untagged" | "tagged" | "platform";

/** How much a repository stores for one use. */
export interface StorageShare {
  readonly use: StorageUse;
  /** Indexes too, whose bytes are those of what they hold. */
  readonly images: number;
  readonly bytes: number;
}

const USES: readonly StorageUse[] = [
  ...(["tagged", "platform", "untagged", "attached", "cache", "archived"] as const),
];

/**
 * Sums up what a repository stores, by use.
 *
 * Sizes are per image; images share layers, which ECR stores once, so that the sum is an upper
 * limit of what is stored.
 */
export function shareStorage(
  images: readonly Image[],
  manifests: ReadonlyMap<string, Manifest>,
): readonly StorageShare[] {
  const untagged = findUntagged(images, manifests);
  const listed = new Set(images.map(({ digest }) => digest));
  const attested = new Set(
    [...manifests.values()].flatMap(({ entries }) =>
      entries.filter(({ attestsTo }) => attestsTo !== undefined).map(({ digest }) => digest),
    ),
  );
  const useOf = (image: Image): StorageUse => {
    if (image.status !== "active") return "archived";
    if (isBuildCache(image)) return "cache";
    if (untagged.has(image.digest)) return "untagged";
    const owner = findOwner(image, manifests.get(image.digest))?.owner;
    const isAbout = owner !== undefined && listed.has(owner);
    if (isAbout || (image.tags.length === 0 && attested.has(image.digest))) return "attached";
    return image.tags.length > 0 ? "tagged" : "platform";
  };
  const sums = new Map(USES.map((use) => [use, { images: 0, bytes: 0 }]));
  for (const image of images) {
    const sum = sums.get(useOf(image));
    if (!sum) continue;
    sum.images += 1;
    sum.bytes += isIndex(image) ? 0 : (image.sizeBytes ?? 0);
  }
  return [...sums].map(([use, sum]) => ({ use, ...sum })).filter(({ images: count }) => count > 0);
}
