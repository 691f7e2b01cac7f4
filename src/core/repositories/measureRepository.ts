import type { Image } from "../registry.js";

/** What a repository holds. */
export interface RepositoryContents {
  /** The digests of its images. */
  readonly digests: ReadonlySet<string>;
  /** The sum of what ECR says of each; layers that images share count each time. */
  readonly sizeBytes: number;
}

/** What measuring a repository reads. */
export interface ImageLister {
  listImages(repository: string, signal: AbortSignal): AsyncIterable<readonly Image[]>;
}

/** Reads all that a repository holds; `onProgress` gets the count so far after each page. */
export async function measureRepository(
  lister: ImageLister,
  repository: string,
  onProgress: (count: number) => void,
  signal: AbortSignal,
): Promise<RepositoryContents> {
  const digests = new Set<string>();
  let sizeBytes = 0;
  for await (const page of lister.listImages(repository, signal)) {
    for (const image of page) {
      digests.add(image.digest);
      sizeBytes += image.sizeBytes ?? 0;
    }
    onProgress(digests.size);
  }
  return { digests, sizeBytes };
}

/** Counts the images that a repository got since it was measured before. */
export function countNewImages(before: RepositoryContents, now: RepositoryContents): number {
  return [...now.digests].filter((digest) => !before.digests.has(digest)).length;
}
