import { type ImageTies, reachFrom, tieImages } from "../../images/imageTies.js";
import type { Manifest } from "../../images/manifest.js";
import { type Image, isIndex } from "../../registry.js";
import { chooseImages } from "./chooseImages.js";
import type { CleanUpCriteria } from "./criteria.js";
import { findStaying } from "./findStaying.js";

/** An image that may go, with what goes along: what it alone holds, and what is about these. */
export interface CleanUpItem {
  readonly image: Image;
  /** Without `image` itself. */
  readonly along: readonly Image[];
  /** Compressed bytes of all that goes; layers that other images share stay, so it is an upper limit. */
  readonly sizeBytes: number;
}

/** What a clean-up would do. */
export interface CleanUpPlan {
  /** Oldest first. */
  readonly items: readonly CleanUpItem[];
  /** Images that fit the criteria, and stay as an image that stays holds them. */
  readonly held: readonly Image[];
  /** Images that fit the criteria, and stay as nobody can tell what they belong to. */
  readonly unclear: readonly Image[];
}

/**
 * Plans a clean-up in which nothing that stays needs anything that goes.
 *
 * Platforms of an index, signatures and attestations go with their image only, and stay with it.
 */
export function planCleanUp(
  images: readonly Image[],
  manifests: ReadonlyMap<string, Manifest>,
  criteria: CleanUpCriteria,
  now: Date,
): CleanUpPlan {
  const ties = tieImages(images, manifests);
  const chosen = chooseImages(images, ties, criteria, now);
  return makePlan(images, manifests, ties, new Set(chosen));
}

/**
 * Makes the plan for the images that somebody picked out of another: two of them may hold the same
 * one, which stays while one of them does.
 */
export function narrowPlan(
  images: readonly Image[],
  manifests: ReadonlyMap<string, Manifest>,
  picked: ReadonlySet<string>,
): CleanUpPlan {
  return makePlan(images, manifests, tieImages(images, manifests), picked);
}

function makePlan(
  images: readonly Image[],
  manifests: ReadonlyMap<string, Manifest>,
  ties: ImageTies,
  chosen: ReadonlySet<string>,
): CleanUpPlan {
  const { held, unclear } = findStaying(images, manifests, ties, chosen);
  const goes = ({ digest }: Image): boolean => !held.has(digest) && !unclear.has(digest);
  const picked = images.filter(({ digest }) => chosen.has(digest));
  const taken = new Set(chosen);
  const byDigest = new Map(images.map((image) => [image.digest, image]));
  const items = picked
    .filter(goes)
    .toSorted((a, b) => (a.pushedAt?.getTime() ?? 0) - (b.pushedAt?.getTime() ?? 0))
    .map((image) => {
      const along = [...reachFrom([image.digest], ties)]
        .filter((digest) => !taken.has(digest))
        .flatMap((digest) => byDigest.get(digest) ?? [])
        .filter(goes);
      for (const { digest } of along) taken.add(digest);
      return { image, along, sizeBytes: sizeOf([image, ...along]) };
    });
  return {
    items,
    held: picked.filter(({ digest }) => held.has(digest)),
    unclear: picked.filter(({ digest }) => !held.has(digest) && unclear.has(digest)),
  };
}

/** ECR tells the size of an index's largest platform as the index's own. */
function sizeOf(images: readonly Image[]): number {
  const manifests = images.filter((image) => !isIndex(image));
  const counted = manifests.length > 0 ? manifests : images;
  return counted.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
}
