import type { ImageTable } from "./imageTable.js";
import type { Input } from "./input.js";
import type { ImageRecord } from "./records.js";

/** How a request names an image. */
export interface ImageId {
  readonly imageDigest?: string;
  readonly imageTag?: string;
}

/** Why an image id names no image. */
export interface ImageFailure {
  readonly imageId: ImageId;
  readonly failureCode: string;
  readonly failureReason: string;
}

/** Reads an image id. */
export function parseImageId(input: Input): ImageId {
  const imageDigest = input.optionalString("imageDigest");
  const imageTag = input.optionalString("imageTag");
  return {
    ...(imageDigest === undefined ? {} : { imageDigest }),
    ...(imageTag === undefined ? {} : { imageTag }),
  };
}

/** Returns the image that an id names, or the failure as batch operations report it. */
export function resolveImageId(images: ImageTable, imageId: ImageId): ImageRecord | ImageFailure {
  const { imageDigest, imageTag } = imageId;
  if (imageDigest === undefined && imageTag === undefined) {
    return failure(
      imageId,
      "MissingDigestAndTag",
      "Invalid request parameters: both tag and digest cannot be null",
    );
  }
  if (imageDigest !== undefined && !/^[a-zA-Z0-9\-_+.]+:[a-fA-F0-9]+$/.test(imageDigest)) {
    return failure(
      imageId,
      "InvalidImageDigest",
      "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'",
    );
  }
  if (imageTag === "") {
    return failure(
      imageId,
      "InvalidImageTag",
      "Invalid request parameters: tag should not be empty",
    );
  }
  const tagged = imageTag === undefined ? undefined : images.byTag(imageTag);
  const image = imageDigest === undefined ? tagged : images.byDigest(imageDigest);
  if (!image || (imageTag !== undefined && !tagged)) {
    return failure(imageId, "ImageNotFound", "Requested image not found");
  }
  if (tagged && tagged.digest !== image.digest) {
    return failure(
      imageId,
      "ImageTagDoesNotMatchDigest",
      "Requested image tag does not match the requested image digest",
    );
  }
  return image;
}

/** Tells whether an image id named no image. */
export function isFailure(found: ImageRecord | ImageFailure): found is ImageFailure {
  return "failureCode" in found;
}

/** Returns an image id as AWS prints it in error texts. */
export function printImageId({ imageDigest, imageTag }: ImageId): string {
  return `{imageDigest:'${imageDigest ?? "null"}', imageTag:'${imageTag ?? "null"}'}`;
}

function failure(imageId: ImageId, failureCode: string, failureReason: string): ImageFailure {
  return { imageId, failureCode, failureReason };
}
