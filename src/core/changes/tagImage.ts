import { EcrError } from "../errors.js";
import type { ImageTarget } from "../ports.js";
import { type Image, isTagImmutable, type Repository } from "../registry.js";

/** What a new tag for an image would do. */
export type TagEffect =
  | { readonly kind: "added" }
  /** The image has the tag already. */
  | { readonly kind: "none" }
  /** Another image has the tag, and would lose it. */
  | { readonly kind: "moved"; readonly from: Image };

/** Finds images for the check of a tag. */
export interface TagReader {
  findImage(
    repository: string,
    target: ImageTarget,
    signal: AbortSignal,
  ): Promise<Image | undefined>;
}

/** Tells what a tag would do before it is put; fails with `tag-immutable` where it can't move. */
export async function checkTag(
  reader: TagReader,
  repository: Pick<Repository, "name" | "tagMutability">,
  digest: string,
  tag: string,
  signal: AbortSignal,
): Promise<TagEffect> {
  const holder = await reader.findImage(repository.name, { tag }, signal);
  if (!holder) return { kind: "added" };
  if (holder.digest === digest) return { kind: "none" };
  if (isTagImmutable(repository.tagMutability, tag)) {
    throw new EcrError({ kind: "tag-immutable", repository: repository.name, tag });
  }
  return { kind: "moved", from: holder };
}

/**
 * Checks that a tag can be removed and its image stays: ECR deletes an image with its last tag.
 *
 * Asks anew, as tags change behind what is shown. Fails with `last-tag`, `tag-moved` or
 * `image-not-found`.
 */
export async function checkUntag(
  reader: TagReader,
  repository: string,
  digest: string,
  tag: string,
  signal: AbortSignal,
): Promise<void> {
  const holder = await reader.findImage(repository, { tag }, signal);
  if (!holder) {
    throw new EcrError({ kind: "image-not-found", reference: `${repository}:${tag}` });
  }
  if (holder.digest !== digest) throw new EcrError({ kind: "tag-moved", repository, tag });
  if (holder.tags.length < 2) throw new EcrError({ kind: "last-tag", repository, tag });
}
