import { randomUUID } from "node:crypto";
import { AwsError, invalidParameter } from "../awsError.js";
import type { Operation } from "../call.js";
import { openRepository } from "../call.js";
import { isDigest } from "../digest.js";
import { layerUrl } from "../layerUrls.js";

/** The operations on the layers and configurations of a repository. */
export const layerOperations: Readonly<Record<string, Operation>> = {
  BatchCheckLayerAvailability(call) {
    const { images } = openRepository(call);
    const layers: object[] = [];
    const failures: object[] = [];
    for (const layerDigest of call.input.strings("layerDigests", 1, 100)) {
      if (!isDigest(layerDigest)) {
        const failureReason = `Invalid layer digest: ${layerDigest}`;
        failures.push({ layerDigest, failureCode: "InvalidLayerDigest", failureReason });
        continue;
      }
      const blob = images.blob(layerDigest);
      layers.push({
        layerDigest,
        layerAvailability: blob ? "AVAILABLE" : "UNAVAILABLE",
        layerSize: blob?.sizeBytes,
        mediaType: blob?.mediaType,
      });
    }
    return { layers, failures };
  },

  InitiateLayerUpload(call) {
    openRepository(call);
    // Parts of an upload come by the registry's own protocol alone, so nothing is kept of it.
    return { uploadId: randomUUID(), partSize: 10_485_760 };
  },

  GetDownloadUrlForLayer(call) {
    const { key, repository, images } = openRepository(call);
    const layerDigest = call.input.string("layerDigest");
    if (!isDigest(layerDigest)) {
      throw invalidParameter(
        "layerDigest",
        "must satisfy regular expression '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'",
      );
    }
    if (!images.blob(layerDigest)) {
      throw new AwsError(
        "LayersNotFoundException",
        `The layer with digest '${layerDigest}' does not exist in the repository with name '${repository.name}' in the registry with id '${key.account}'`,
      );
    }
    return { layerDigest, downloadUrl: layerUrl(call.context, layerDigest) };
  },
};
