import { BatchGetImageCommand, PutImageCommand } from "@aws-sdk/client-ecr";
import { EcrError } from "../../core/errors.js";
import type { EcrCalls } from "../ecrCalls.js";
import { MANIFEST_TYPES } from "../readManifestBatches.js";
import { refusalFailure } from "./imageFailures.js";

/**
 * Puts an image's very manifest once more, under a further tag; works for indexes too.
 *
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-retag.html
 */
export async function tagImage(
  calls: EcrCalls,
  repository: string,
  digest: string,
  tag: string,
  signal: AbortSignal,
): Promise<void> {
  const reading = { operation: "BatchGetImage", repository, digest };
  const manifest = await calls.ask(reading, signal, async ({ ecr }, abortSignal) => {
    const command = new BatchGetImageCommand({
      repositoryName: repository,
      imageIds: [{ imageDigest: digest }],
      acceptedMediaTypes: [...MANIFEST_TYPES],
    });
    const { images = [], failures = [] } = await ecr.send(command, { abortSignal });
    const [image] = images;
    if (image?.imageManifest !== undefined) return image;
    const [failure = { failureCode: "ImageNotFound" as const }] = failures;
    throw new EcrError(refusalFailure(failure, { repository, digest }));
  });
  const putting = { operation: "PutImage", repository, tag };
  await calls.ask(putting, signal, async ({ ecr }, abortSignal) => {
    const command = new PutImageCommand({
      repositoryName: repository,
      imageManifest: manifest.imageManifest,
      imageManifestMediaType: manifest.imageManifestMediaType,
      imageTag: tag,
      // ECR refuses a manifest that came out other than it went in.
      imageDigest: digest,
    });
    await ecr.send(command, { abortSignal }).catch((error: unknown) => {
      // The image has the tag already, perhaps by a try whose answer was lost.
      if (error instanceof Error && error.name === "ImageAlreadyExistsException") return;
      throw error;
    });
  });
}
