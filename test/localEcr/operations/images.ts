import { AwsError, invalidParameter } from "../awsError.js";
import type { Operation } from "../call.js";
import { openRepository } from "../call.js";
import { deleteImage } from "../deleteImage.js";
import { digestOf } from "../digest.js";
import type { ImageFailure, ImageId } from "../imageId.js";
import { isFailure, parseImageId, resolveImageId } from "../imageId.js";
import { maxManifestBytes, putImage } from "../putImage.js";
import { readManifest } from "../readManifest.js";

/** The operations that read, write and delete images. */
export const imageOperations: Readonly<Record<string, Operation>> = {
  BatchGetImage(call) {
    const { key, repository, images } = openRepository(call);
    const ids = call.input.objects("imageIds", 1, 100).map(parseImageId);
    const accepted = call.input.optionalStrings("acceptedMediaTypes", 1, 100);
    const found: object[] = [];
    const failures: ImageFailure[] = [];
    for (const imageId of ids) {
      const image = resolveImageId(images, imageId);
      if (isFailure(image)) failures.push(image);
      else if (image.status !== "ACTIVE") {
        const failureReason = "The image is archived and cannot be accessed";
        failures.push({ imageId, failureCode: "ImageInaccessible", failureReason });
      } else if (accepted && !accepted.includes(image.mediaType)) {
        const failureReason = "Requested image not found";
        failures.push({ imageId, failureCode: "ImageNotFound", failureReason });
      } else {
        found.push({
          registryId: key.account,
          repositoryName: repository.name,
          imageId: { ...imageId, imageDigest: image.digest },
          imageManifest: readManifest(call.context, image).toString("utf8"),
          imageManifestMediaType: image.mediaType,
        });
      }
    }
    return { images: found, failures };
  },

  BatchDeleteImage(call) {
    const { images } = openRepository(call);
    const deleted: ImageId[] = [];
    const failures: ImageFailure[] = [];
    for (const imageId of call.input.objects("imageIds", 1, 100).map(parseImageId)) {
      const image = resolveImageId(images, imageId);
      if (isFailure(image)) {
        failures.push(image);
        continue;
      }
      const refused = deleteImage(images, image, imageId.imageTag);
      if (refused) {
        failures.push({
          imageId,
          failureCode: "ImageReferencedByManifestList",
          failureReason: `Requested image referenced by manifest list: [${refused.parents.join(", ")}]`,
        });
        continue;
      }
      const tags = imageId.imageTag === undefined ? image.tags : [imageId.imageTag];
      if (tags.length === 0) deleted.push({ imageDigest: image.digest });
      for (const imageTag of tags) deleted.push({ imageDigest: image.digest, imageTag });
    }
    return { imageIds: deleted, failures };
  },

  PutImage(call) {
    const open = openRepository(call);
    const { key, repository, images } = open;
    const manifest = call.input.string("imageManifest");
    const bytes = Buffer.from(manifest);
    if (bytes.length > maxManifestBytes) {
      const constraint = `Member must have length less than or equal to ${maxManifestBytes}`;
      throw invalidParameter("imageManifest", constraint);
    }
    const tag = call.input.optionalString("imageTag");
    const digest = digestOf(bytes);
    const expected = call.input.optionalString("imageDigest");
    if (expected !== undefined && expected !== digest) {
      throw new AwsError(
        "ImageDigestDoesNotMatchException",
        `Provided digest '${expected}' does not match calculated digest '${digest}'`,
      );
    }
    const known = images.byDigest(digest);
    if (known?.status === "ACTIVE" && (tag === undefined || known.tags.includes(tag))) {
      throw new AwsError(
        "ImageAlreadyExistsException",
        `Image with digest '${digest}' and tag '${tag ?? "null"}' already exists in the repository with name '${repository.name}' in registry with id '${key.account}'`,
      );
    }
    const mediaType = call.input.optionalString("imageManifestMediaType");
    const image = putImage(call.context, open, { bytes, mediaType, tag });
    return {
      image: {
        registryId: key.account,
        repositoryName: repository.name,
        imageId: { imageDigest: digest, imageTag: tag },
        imageManifest: manifest,
        imageManifestMediaType: image.mediaType,
      },
    };
  },
};
