import type { ImageRefusal } from "./imageRefusal.js";
import type { TagMutability } from "../registry.js";

/** Changes what a registry holds; each method fails with `access-denied` where a right is missing. */
export interface RegistryChanges {
  /**
   * Deletes a repository; one that holds images only with `force`, and then with all of them.
   *
   * Fails with `repository-not-found` or `repository-not-empty`.
   */
  deleteRepository(repository: string, force: boolean, signal: AbortSignal): Promise<void>;
  /** Sets which tags may move. */
  setTagMutability(
    repository: string,
    mutability: TagMutability,
    signal: AbortSignal,
  ): Promise<void>;
  /**
   * Deletes up to 100 images with all their tags; what can't go is in the answer.
   *
   * Images of one call go in no certain order, so that an index and what it holds need two calls.
   */
  deleteImages(
    repository: string,
    digests: readonly string[],
    signal: AbortSignal,
  ): Promise<RemovedImages>;
  /**
   * Gives an image a further tag, within the registry and whatever kind of image it is; another
   * image that has the tag loses it.
   *
   * Fails with `tag-immutable`, `image-not-found` or `image-archived`.
   */
  tagImage(repository: string, digest: string, tag: string, signal: AbortSignal): Promise<void>;
  /**
   * Takes a tag from the image that has it, if it is this one; its last tag takes the image along.
   *
   * Fails with `tag-moved`, `image-not-found` or `image-in-index`.
   */
  untagImage(repository: string, digest: string, tag: string, signal: AbortSignal): Promise<void>;
  /** Archives an image, or restores an archived one; fails with `storage-class-refused`. */
  setStorageClass(
    repository: string,
    digest: string,
    target: "archive" | "standard",
    signal: AbortSignal,
  ): Promise<void>;
  /**
   * Begins to scan an image for known vulnerabilities.
   *
   * Fails with `scan-unsupported`, `scan-limit`, `scan-not-on-demand` or `image-archived`.
   */
  startScan(repository: string, digest: string, signal: AbortSignal): Promise<void>;
}

/** What became of images that were to be deleted. */
export interface RemovedImages {
  readonly deleted: readonly string[];
  /** What was not there any more. */
  readonly gone: readonly string[];
  readonly refused: readonly ImageRefusal[];
}
