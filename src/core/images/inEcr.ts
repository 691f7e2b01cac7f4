import type { LocalImage } from "../enginePorts.js";

/** Where an image of the engine is in ECR. */
export interface EcrPlace {
  /** The repository's URI, `host/name`. */
  readonly uri: string;
  /** The tags that it has there; empty where it has none, or nobody looked. */
  readonly tags: readonly string[];
  /** Whether it was seen there; else the engine only remembers that it came from there or went. */
  readonly isSeen: boolean;
}

/** What is known of registries without asking them. */
export interface SeenInEcr {
  /** The places where an image of this digest was seen. */
  find(digest: string): readonly EcrPlace[];
  /** Whether all images of a repository are known, so that what is not found is not there. */
  isWhole(uri: string): boolean;
  /** Whether a host is a registry of ECR that is in use here. */
  isRegistry(host: string): boolean;
}

/**
 * Finds the places in ECR where an image of the engine is, out of what is known already.
 *
 * An engine keeps the digest of a pull or push under the repository's name, which is a claim of the
 * past: a repository that was read since, and shows no such image, takes it back.
 */
export function findInEcr({ id, digests }: LocalImage, seen: SeenInEcr): readonly EcrPlace[] {
  const places = new Map<string, EcrPlace>();
  const pinned = digests.map((name) => {
    const at = name.indexOf("@");
    return { uri: name.slice(0, at), digest: name.slice(at + 1) };
  });
  // In the containerd store an image's id is the digest that registries know it by.
  for (const digest of new Set([...pinned.map((name) => name.digest), id])) {
    for (const place of seen.find(digest)) places.set(place.uri, place);
  }
  for (const { uri } of pinned) {
    const host = uri.slice(0, uri.indexOf("/"));
    if (places.has(uri) || !seen.isRegistry(host) || seen.isWhole(uri)) continue;
    places.set(uri, { uri, tags: [], isSeen: false });
  }
  return [...places.values()];
}
