import { isBuildCache } from "../../core/foldImages.js";
import type { ImageReading } from "./imageReading.js";
import type { RegistryTreeNode, RepositoryNode } from "./registryNodes.js";

/** Makes the rows of a repository out of what was read of its images so far. */
export function imageRows(node: RepositoryNode, reading: ImageReading): RegistryTreeNode[] {
  const { location, repository } = node;
  const { families, shown, total, isComplete, failure } = reading;
  const rows: RegistryTreeNode[] = families
    .filter(({ image }) => !isBuildCache(image))
    .map((family) => ({ kind: "image", location, repository, image: family.image, family }));
  const caches = families.filter(({ image }) => isBuildCache(image)).map(({ image }) => image);
  if (caches.length > 0) rows.push({ kind: "caches", repositoryNode: node, images: caches });
  if (failure) {
    rows.push({ kind: "failure", parent: node, error: failure.error });
  } else if (shown.length < total || !isComplete) {
    rows.push({ kind: "more", repositoryNode: node, shown: shown.length, total, isComplete });
  } else if (rows.length === 0) {
    rows.push({ kind: "empty", parent: node });
  }
  return rows;
}
