import type { ImageFailure } from "@aws-sdk/client-ecr";
import type { Failure } from "../../core/errors.js";
import type { ImageRefusal } from "../../core/changes/imageRefusal.js";

/**
 * What the codes mean with which ECR refuses single images of a batch.
 *
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageFailure.html
 */
const REASONS: Readonly<Partial<Record<string, ImageRefusal["why"]>>> = {
  ImageReferencedByManifestList: "in-index",
  ImageTagDoesNotMatchDigest: "tag-moved",
  ImageInaccessible: "archived",
  KmsError: "key",
};

/** Reads why ECR left an image as it is. */
export function readRefusal({ imageId, failureCode, failureReason }: ImageFailure): ImageRefusal {
  const message = failureReason ?? failureCode ?? "";
  return {
    digest: imageId?.imageDigest ?? "",
    why: REASONS[failureCode ?? ""] ?? "other",
    indexes: message.match(/sha256:[0-9a-f]{64}/g) ?? [],
    message,
  };
}

/** Tells whether ECR left an image as it is because there is none. */
export function isGone({ failureCode }: ImageFailure): boolean {
  return failureCode === "ImageNotFound";
}

/** Returns the failure of a call that was about one image, or one tag of it. */
export function refusalFailure(
  failure: ImageFailure,
  { repository, digest, tag }: { repository: string; digest: string; tag?: string },
): Failure {
  const reference = tag === undefined ? `${repository}@${digest}` : `${repository}:${tag}`;
  if (isGone(failure)) return { kind: "image-not-found", reference };
  const { why, indexes, message } = readRefusal(failure);
  switch (why) {
    case "in-index":
      return { kind: "image-in-index", reference, indexes };
    case "tag-moved":
      return { kind: "tag-moved", repository, tag: tag ?? "" };
    case "archived":
      return { kind: "image-archived", reference };
    case "key":
      return { kind: "kms-key-unusable", repository, message };
    case "other":
      return { kind: "image-change-refused", reference, message };
  }
}
