import { findOwner } from "./imageOwner.js";
import type { Manifest } from "./manifest.js";
import type { Image } from "../registry.js";

/** Which images of a repository hold or belong to which others; all by digest. */
export interface ImageTies {
  /** What each index lists, as far as it is in the repository. */
  readonly children: ReadonlyMap<string, readonly string[]>;
  /** What is about each image: signatures, attestations and the like. */
  readonly attached: ReadonlyMap<string, readonly string[]>;
  /** What has no place of its own: untagged in an index, or about another image that is there. */
  readonly dependent: ReadonlySet<string>;
}

/** Finds how the images of a list belong together, as far as `manifests` (by digest) tell. */
export function tieImages(
  images: readonly Image[],
  manifests: ReadonlyMap<string, Manifest>,
): ImageTies {
  const untagged = new Map(images.map(({ digest, tags }) => [digest, tags.length === 0]));
  const children = new Map<string, string[]>();
  const attached = new Map<string, string[]>();
  const dependent = new Set<string>();
  for (const image of images) {
    const { digest } = image;
    const manifest = manifests.get(digest);
    for (const { digest: child } of manifest?.entries ?? []) {
      const isUntagged = untagged.get(child);
      if (isUntagged === undefined || child === digest) continue;
      push(children, digest, child);
      if (isUntagged) dependent.add(child);
    }
    const owner = findOwner(image, manifest)?.owner;
    if (owner !== undefined && untagged.has(owner)) {
      push(attached, owner, digest);
      dependent.add(digest);
    }
  }
  return { children, attached, dependent };
}

/** Returns some images and all that they hold, and what is about any of these. */
export function reachFrom(
  digests: Iterable<string>,
  { children, attached }: ImageTies,
): Set<string> {
  const reached = new Set(digests);
  // A set goes on to what is added while it is walked.
  for (const digest of reached) {
    for (const child of children.get(digest) ?? []) reached.add(child);
    for (const about of attached.get(digest) ?? []) reached.add(about);
  }
  return reached;
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
