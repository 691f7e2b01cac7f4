import type { BatchGetImageRequest, Image } from "@aws-sdk/client-ecr";
import { type Manifest, parseManifest } from "../core/images/manifest.js";

/** The most images that one call of ECR is about. */
const BATCH_SIZE = 100;

/** The forms of manifests; unless asked for by name ECR turns them into an older form, where it can. */
export const MANIFEST_TYPES = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
];

/** Asks for manifests in as few calls as can be, and returns those that ECR gives, by digest. */
export async function readManifestBatches(
  repositoryName: string,
  digests: readonly string[],
  ask: (request: BatchGetImageRequest) => Promise<readonly Image[] | undefined>,
): Promise<ReadonlyMap<string, Manifest>> {
  const found = new Map<string, Manifest>();
  for (let at = 0; at < digests.length; at += BATCH_SIZE) {
    const imageIds = digests.slice(at, at + BATCH_SIZE).map((imageDigest) => ({ imageDigest }));
    const request = { repositoryName, imageIds, acceptedMediaTypes: MANIFEST_TYPES };
    for (const { imageId, imageManifest = "" } of (await ask(request)) ?? []) {
      const manifest = parseManifest(imageManifest);
      if (manifest && imageId?.imageDigest) found.set(imageId.imageDigest, manifest);
    }
  }
  return found;
}
