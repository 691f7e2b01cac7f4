import { AwsError, invalidParameter } from "./awsError.js";
import type { OpenRepository } from "./call.js";
import type { Context } from "./context.js";
import { digestOf } from "./digest.js";
import type { ImageTable } from "./imageTable.js";
import type { Manifest } from "./manifest.js";
import { parseManifest } from "./manifest.js";
import type { BlobRecord, ImageRecord } from "./records.js";
import { isTag, isTagImmutable } from "./tagRules.js";

/** The largest manifest that ECR takes, in bytes. */
export const maxManifestBytes = 4 * 1024 * 1024;

const mostTagsPerImage = 1000;

/** A manifest on its way in. */
export interface IncomingImage {
  readonly bytes: Buffer;
  readonly mediaType: string | undefined;
  readonly tag: string | undefined;
}

/**
 * Takes a manifest into a repository, from either plane.
 *
 * A tag that another image holds moves, unless the repository keeps it; the other image stays, with
 * one tag less.
 *
 * @throws AwsError with the code that PutImage has for the rule that is broken.
 */
export function putImage(
  { store }: Context,
  { key, repository, images }: OpenRepository,
  { bytes, mediaType, tag }: IncomingImage,
): ImageRecord {
  if (tag !== undefined && !isTag(tag)) {
    throw invalidParameter(
      "imageTag",
      "must satisfy regular expression '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}'",
    );
  }
  const manifest = parseManifest(bytes.toString("utf8"), mediaType);
  const digest = digestOf(bytes);
  const holder = tag === undefined ? undefined : images.byTag(tag);
  if (tag !== undefined && holder && isTagImmutable(repository, tag)) {
    throw tagImmutable(repository.name, tag);
  }
  const where = `the repository with name '${repository.name}' in the registry with id '${key.account}'`;
  const blobs = checkContent(images, manifest, where);
  const known = images.byDigest(digest);
  const tags = new Set(known?.tags);
  if (tag !== undefined) tags.add(tag);
  if (tags.size > mostTagsPerImage) {
    throw new AwsError(
      "LimitExceededException",
      `The maximum number of tags per image (${mostTagsPerImage}) has been reached in ${where}`,
    );
  }
  const record = known
    ? repushed(known, [...tags])
    : {
        ...describeNew(images, manifest),
        digest,
        manifestBytes: bytes.length,
        tags: [...tags],
        ...(repository.scanOnPush && manifest.config
          ? { scan: { startedAt: Date.now(), looks: 0 } }
          : {}),
      };
  store.content.write(bytes);
  const robbed =
    holder && holder.digest !== digest
      ? [{ ...holder, tags: holder.tags.filter((each) => each !== tag) }]
      : [];
  images.apply({ put: [...robbed, record], ...(blobs.length > 0 ? { blobs } : {}) });
  return record;
}

/** A push of what is there keeps the time of the first push, and brings an archived image back. */
function repushed(known: ImageRecord, tags: readonly string[]): ImageRecord {
  if (known.status === "ACTIVE") return { ...known, tags };
  return { ...known, tags, status: "ACTIVE", activatedAt: Date.now() };
}

function describeNew(
  images: ImageTable,
  manifest: Manifest,
): Omit<ImageRecord, "digest" | "manifestBytes" | "tags"> {
  const children = manifest.children.map((child) => child.digest);
  return {
    sequence: images.nextSequence,
    mediaType: manifest.mediaType,
    ...(manifest.config ? { artifactMediaType: manifest.config.mediaType } : {}),
    ...(manifest.artifactType === undefined ? {} : { artifactType: manifest.artifactType }),
    sizeBytes: imageSize(images, manifest),
    pushedAt: Date.now(),
    ...(children.length > 0 ? { children } : {}),
    ...(manifest.subject === undefined ? {} : { subject: manifest.subject }),
    ...(manifest.annotations ? { annotations: manifest.annotations } : {}),
    status: "ACTIVE",
  };
}

/** Returns AWS' refusal to move a tag, which both planes word alike. */
function tagImmutable(repositoryName: string, tag: string): AwsError {
  return new AwsError(
    "ImageTagAlreadyExistsException",
    `The image tag '${tag}' already exists in the '${repositoryName}' repository and cannot be overwritten because the repository is immutable.`,
  );
}

/** Checks that all content is there; returns the blobs whose media type the manifest tells. */
function checkContent(images: ImageTable, manifest: Manifest, where: string): BlobRecord[] {
  const missingImages = manifest.children.filter((child) => !images.byDigest(child.digest));
  if (missingImages.length > 0) {
    throw new AwsError(
      "ReferencedImagesNotFoundException",
      `Images with digests '${list(missingImages)}' required for pushing image into ${where} do not exist`,
    );
  }
  const needed = [...(manifest.config ? [manifest.config] : []), ...manifest.layers].filter(
    (descriptor) => !descriptor.foreign,
  );
  const missing = needed.filter((descriptor) => !images.blob(descriptor.digest));
  if (missing.length > 0) {
    throw new AwsError(
      "LayersNotFoundException",
      `Layers with digests '${list(missing)}' required for pushing image into ${where} do not exist`,
    );
  }
  return needed.flatMap(({ digest, mediaType }) => {
    const blob = images.blob(digest);
    return blob && blob.mediaType !== mediaType ? [{ ...blob, mediaType }] : [];
  });
}

/** The size that ECR shows: compressed bytes of an image, the largest image of an index. */
function imageSize(images: ImageTable, manifest: Manifest): number {
  const sizes = manifest.children.map((child) => images.byDigest(child.digest)?.sizeBytes ?? 0);
  if (sizes.length > 0) return Math.max(...sizes);
  const blobs = [...(manifest.config ? [manifest.config] : []), ...manifest.layers];
  return blobs.reduce((total, blob) => total + blob.sizeBytes, 0);
}

function list(descriptors: readonly { digest: string }[]): string {
  return descriptors.map(({ digest }) => digest).join(", ");
}
