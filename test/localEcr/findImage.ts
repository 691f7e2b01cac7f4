import { AwsError, invalidParameter } from "./awsError.js";
import type { OpenRepository } from "./call.js";
import type { ImageId } from "./imageId.js";
import { isFailure, printImageId, resolveImageId } from "./imageId.js";
import type { ImageRecord } from "./records.js";

/**
 * Returns the image that an operation names.
 *
 * @throws AwsError ImageNotFoundException, or InvalidParameterException for an id that is no id.
 */
export function findImage({ key, repository, images }: OpenRepository, id: ImageId): ImageRecord {
  const found = resolveImageId(images, id);
  if (!isFailure(found)) return found;
  if (found.failureCode === "MissingDigestAndTag" || found.failureCode === "InvalidImageDigest") {
    throw invalidParameter("imageId", found.failureReason);
  }
  throw new AwsError(
    "ImageNotFoundException",
    `The image with imageId ${printImageId(id)} does not exist within the repository with name '${repository.name}' in the registry with id '${key.account}'`,
  );
}
