import { BatchDeleteImageCommand } from "@aws-sdk/client-ecr";
import type { RemovedImages } from "../../core/changes/registryChanges.js";
import type { EcrCalls } from "../ecrCalls.js";
import { isGone, readRefusal } from "./imageFailures.js";

/** Deletes up to 100 images by digest, with all their tags. */
export function deleteImages(
  calls: EcrCalls,
  repository: string,
  digests: readonly string[],
  signal: AbortSignal,
): Promise<RemovedImages> {
  const subject = { operation: "BatchDeleteImage", repository };
  return calls.ask(subject, signal, async ({ ecr }, abortSignal) => {
    const imageIds = digests.map((imageDigest) => ({ imageDigest }));
    const command = new BatchDeleteImageCommand({ repositoryName: repository, imageIds });
    const answer = await ecr.send(command, { abortSignal });
    const { failures = [], $metadata } = answer;
    // ECR names an image once for each of its tags.
    const deleted = new Set((answer.imageIds ?? []).flatMap((id) => id.imageDigest ?? []));
    const gone = failures.filter(isGone).flatMap(({ imageId }) => imageId?.imageDigest ?? []);
    // A try whose answer was lost may have deleted what the next one does not find.
    const wasRepeated = ($metadata.attempts ?? 1) > 1;
    return {
      deleted: [...deleted, ...(wasRepeated ? gone : [])],
      gone: wasRepeated ? [] : gone,
      refused: failures.filter((failure) => !isGone(failure)).map(readRefusal),
    };
  });
}
