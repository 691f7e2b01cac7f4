import { isBuildCache } from "../../core/images/foldImages.js";
import type { ImageReading } from "./imageReading.js";
import type { RegistryTreeNode, RepositoryNode } from "./registryNodes.js";

/** Makes the rows of a repository out of what was read of its images so far. */
export function imageRows(node: RepositoryNode, reading: ImageReading): RegistryTreeNode[] {
  const { location, repository } = node;
  const { families, shown, total, isComplete, failure, filter, known, readSoFar } = reading;
  const images: RegistryTreeNode[] = families
    .filter(({ image }) => !isBuildCache(image))
    .map((family) => ({ kind: "image", location, repository, image: family.image, family }));
  const caches = families.filter(({ image }) => isBuildCache(image)).map(({ image }) => image);
  const rows: RegistryTreeNode[] = [];
  const isReading = readSoFar !== undefined;
  // Above the images, as nobody would see them below a hundred.
  if (failure) rows.push({ kind: "failure", parent: node, error: failure.error });
  if (filter !== "") {
    rows.push({ kind: "filter", repositoryNode: node, text: filter, fitting: total, known });
  }
  rows.push(...images);
  if (caches.length > 0) rows.push({ kind: "caches", repositoryNode: node, images: caches });
  if (shown.length < total || (!isComplete && !failure)) {
    const more = { shown: shown.length, total, isComplete, isReading };
    rows.push({ kind: "more", repositoryNode: node, ...more });
  } else if (rows.length === 0) {
    rows.push({ kind: "empty", parent: node });
  }
  return rows;
}
