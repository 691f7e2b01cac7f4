import { DescribeImagesCommand } from "@aws-sdk/client-ecr";
import type { Image } from "../../core/registry.js";
import { readImage } from "../ecrAnswers.js";
import type { EcrCalls } from "../ecrCalls.js";
import { undefinedOn } from "../undefinedOn.js";

/** The most images that one call of ECR is about. */
const BATCH_SIZE = 100;

/** Returns those of the images that are there, by digest. */
export async function findImages(
  calls: EcrCalls,
  repository: string,
  digests: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Image>> {
  const found = new Map<string, Image>();
  for (let at = 0; at < digests.length; at += BATCH_SIZE) {
    const batch = digests.slice(at, at + BATCH_SIZE);
    for (const image of await describe(calls, repository, batch, signal)) {
      found.set(image.digest, image);
    }
  }
  return found;
}

/** ECR tells of all images or, where one is gone, of none: then of each half by itself. */
async function describe(
  calls: EcrCalls,
  repository: string,
  digests: readonly string[],
  signal: AbortSignal,
): Promise<readonly Image[]> {
  const operation = "DescribeImages";
  const all = await undefinedOn(
    "image-not-found",
    calls.ask({ operation, repository }, signal, async ({ ecr }, abortSignal) => {
      const imageIds = digests.map((imageDigest) => ({ imageDigest }));
      const command = new DescribeImagesCommand({ repositoryName: repository, imageIds });
      const { imageDetails = [] } = await ecr.send(command, { abortSignal });
      return imageDetails.map((found) => readImage(operation, found));
    }),
  );
  if (all) return all;
  if (digests.length === 1) return [];
  const middle = Math.ceil(digests.length / 2);
  const first = await describe(calls, repository, digests.slice(0, middle), signal);
  return [...first, ...(await describe(calls, repository, digests.slice(middle), signal))];
}
