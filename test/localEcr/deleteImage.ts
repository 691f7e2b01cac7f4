import type { ImageTable } from "./imageTable.js";
import type { ImageRecord } from "./records.js";

/** Why an image stays: the indexes that hold it. */
export interface DeletionRefused {
  readonly parents: readonly string[];
}

/**
 * Deletes an image, or one tag of it.
 *
 * The last tag takes the image with it. What an index holds can't be deleted before the index.
 *
 * @param tag The tag to delete, or undefined for the image with all its tags.
 */
export function deleteImage(
  images: ImageTable,
  image: ImageRecord,
  tag: string | undefined,
): DeletionRefused | undefined {
  const tags = image.tags.filter((each) => each !== tag);
  if (tag !== undefined && tags.length > 0) {
    images.apply({ put: [{ ...image, tags }] });
    return undefined;
  }
  const parents = images.parentsOf(image.digest);
  if (parents.length > 0) return { parents };
  images.apply({ deleted: [image.digest] });
  return undefined;
}
