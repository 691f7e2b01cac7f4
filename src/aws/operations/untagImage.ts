import { BatchDeleteImageCommand } from "@aws-sdk/client-ecr";
import { EcrError } from "../../core/errors.js";
import type { EcrCalls } from "../ecrCalls.js";
import { isGone, refusalFailure } from "./imageFailures.js";

/** Takes a tag from an image; naming both keeps a tag that has moved meanwhile where it is. */
export function untagImage(
  calls: EcrCalls,
  repository: string,
  digest: string,
  tag: string,
  signal: AbortSignal,
): Promise<void> {
  const subject = { operation: "BatchDeleteImage", repository, tag };
  return calls.ask(subject, signal, async ({ ecr }, abortSignal) => {
    const command = new BatchDeleteImageCommand({
      repositoryName: repository,
      imageIds: [{ imageDigest: digest, imageTag: tag }],
    });
    const { failures = [], $metadata } = await ecr.send(command, { abortSignal });
    const [failure] = failures;
    if (!failure) return;
    // A try whose answer was lost may have removed what the next one does not find.
    if (isGone(failure) && ($metadata.attempts ?? 1) > 1) return;
    throw new EcrError(refusalFailure(failure, { repository, digest, tag }));
  });
}
