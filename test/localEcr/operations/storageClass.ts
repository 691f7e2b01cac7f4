import { AwsError } from "../awsError.js";
import type { Operation } from "../call.js";
import { openRepository } from "../call.js";
import { findImage } from "../findImage.js";
import { parseImageId } from "../imageId.js";
import type { ImageRecord } from "../records.js";

/** The operation that archives an image or brings it back. */
export const storageClassOperations: Readonly<Record<string, Operation>> = {
  UpdateImageStorageClass(call) {
    const open = openRepository(call);
    const imageId = parseImageId(call.input.object("imageId"));
    call.input.string("targetStorageClass");
    const target = call.input.optionalChoice("targetStorageClass", ["STANDARD", "ARCHIVE"]);
    const image = findImage(open, imageId);
    if ((target === "ARCHIVE") !== (image.status === "ACTIVE")) {
      throw new AwsError(
        "ImageStorageClassUpdateNotSupportedException",
        "The requested storage class update is not supported.",
      );
    }
    const changed = target === "ARCHIVE" ? archived(image) : activated(image);
    open.images.apply({ put: [changed] });
    return {
      registryId: open.key.account,
      repositoryName: open.repository.name,
      imageId: { ...imageId, imageDigest: image.digest },
      // ECR takes minutes to restore; here the image is active by the time that anyone asks.
      imageStatus: target === "ARCHIVE" ? "ARCHIVED" : "ACTIVATING",
    };
  },
};

function archived(image: ImageRecord): ImageRecord {
  return { ...image, status: "ARCHIVED", archivedAt: Date.now() };
}

function activated(image: ImageRecord): ImageRecord {
  return { ...image, status: "ACTIVE", activatedAt: Date.now() };
}
