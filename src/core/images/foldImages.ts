import { type AttachedRole, findOwner } from "./imageOwner.js";
import type { Manifest, ManifestEntry } from "./manifest.js";
import { type Image, isIndex } from "../registry.js";

/** One platform of an index. */
export interface PlatformImage {
  readonly entry: ManifestEntry;
  /** What ECR tells of it; undefined where it is not among the images that were read. */
  readonly image: Image | undefined;
}

/** What is about another image. */
export interface AttachedImage {
  readonly image: Image;
  readonly role: AttachedRole;
}

/** An image with what belongs to it and has no row of its own. */
export interface ImageFamily {
  readonly image: Image;
  /** The platforms of an index, in its order; empty for a single image, or while it is not read. */
  readonly platforms: readonly PlatformImage[];
  /** In the order of the list. */
  readonly attached: readonly AttachedImage[];
}

/** What a build leaves for the next: https://docs.docker.com/build/cache/backends/registry/ */
const CACHE_CONFIG = "application/vnd.buildkit.cacheconfig.v0";

/**
 * Folds a list of images: what belongs to another image of the list has no row of its own.
 *
 * An image without tags that an index lists is one of its platforms; one with a tag stays, as
 * somebody uses it by that name. `manifests` holds those that were read, by digest. The order stays.
 */
export function foldImages(
  images: readonly Image[],
  manifests: ReadonlyMap<string, Manifest>,
): readonly ImageFamily[] {
  const byDigest = new Map(images.map((image) => [image.digest, image]));
  const inIndex = new Map<string, ManifestEntry>();
  const parents = new Map<string, string>();
  for (const { digest } of images) {
    for (const entry of manifests.get(digest)?.entries ?? []) {
      inIndex.set(entry.digest, entry);
      parents.set(entry.digest, digest);
    }
  }
  const attached = new Map<string, AttachedImage[]>();
  const rows: Image[] = [];
  for (const image of images) {
    const entry = inIndex.get(image.digest);
    if (entry && image.tags.length === 0) {
      if (entry.attestsTo !== undefined) {
        attach(attached, parents.get(image.digest) ?? "", { image, role: "attestation" });
      }
      continue;
    }
    const found = findOwner(image, manifests.get(image.digest));
    if (found && byDigest.has(found.owner)) {
      attach(attached, found.owner, { image, role: found.role });
    } else {
      rows.push(image);
    }
  }
  // What is about a platform stands with its index, which has the row.
  const attachedTo = (
    digest: string,
    entries: readonly ManifestEntry[],
  ): readonly AttachedImage[] => [
    ...(attached.get(digest) ?? []),
    ...entries.flatMap((entry) => attached.get(entry.digest) ?? []),
  ];
  return rows.map((image) => {
    const entries = manifests.get(image.digest)?.entries ?? [];
    return {
      image,
      platforms: entries
        .filter(({ attestsTo }) => attestsTo === undefined)
        .map((entry) => ({ entry, image: byDigest.get(entry.digest) })),
      attached: attachedTo(image.digest, entries),
    };
  });
}

/** Tells whether an image is what a build left for the next one, which nothing runs. */
export function isBuildCache({ artifactMediaType }: Image): boolean {
  return artifactMediaType === CACHE_CONFIG;
}

/** Tells whether how an image belongs to others is in its manifest alone. */
export function isManifestTelling(image: Image): boolean {
  return isIndex(image) || (image.tags.length === 0 && isArtifact(image));
}

/** What runs has one of two configs: https://github.com/opencontainers/image-spec/blob/main/media-types.md */
function isArtifact({ artifactMediaType }: Image): boolean {
  return (
    artifactMediaType !== undefined &&
    artifactMediaType !== "application/vnd.oci.image.config.v1+json" &&
    artifactMediaType !== "application/vnd.docker.container.image.v1+json"
  );
}

function attach(attached: Map<string, AttachedImage[]>, owner: string, one: AttachedImage): void {
  const list = attached.get(owner);
  if (list) list.push(one);
  else attached.set(owner, [one]);
}
