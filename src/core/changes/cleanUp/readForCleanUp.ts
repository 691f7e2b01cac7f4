import { isCancellation } from "../../errors.js";
import { isManifestTelling } from "../../images/foldImages.js";
import type { Manifest } from "../../images/manifest.js";
import type { Registry } from "../../ports.js";
import type { Image } from "../../registry.js";

/** What a clean-up is planned with. */
export interface CleanUpFacts {
  readonly images: readonly Image[];
  /** Those that tell how images belong together, by digest, as far as they can be read. */
  readonly manifests: ReadonlyMap<string, Manifest>;
  /** Why manifests are missing; undefined where all were asked for. */
  readonly manifestError: unknown;
}

/**
 * Reads all images of a repository, and the manifests that say how they belong together.
 *
 * Without the right to read manifests the images alone come back: a plan then leaves what may belong
 * to others.
 */
export async function readForCleanUp(
  registry: Pick<Registry, "listImages" | "readManifests">,
  repository: string,
  report: (images: number) => void,
  signal: AbortSignal,
): Promise<CleanUpFacts> {
  const images: Image[] = [];
  for await (const page of registry.listImages(repository, signal)) {
    images.push(...page);
    report(images.length);
  }
  const telling = images.filter(isManifestTelling).map(({ digest }) => digest);
  try {
    const manifests = await registry.readManifests(repository, telling, signal);
    return { images, manifests, manifestError: undefined };
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { images, manifests: new Map(), manifestError: error };
  }
}
