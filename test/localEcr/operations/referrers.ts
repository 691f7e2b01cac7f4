import { invalidParameter } from "../awsError.js";
import type { Operation } from "../call.js";
import { openRepository } from "../call.js";
import { isDigest } from "../digest.js";
import { parsePageRequest, takePage } from "../paging.js";

/** The operation that lists signatures, SBOMs and other artifacts of an image. */
export const referrerOperations: Readonly<Record<string, Operation>> = {
  ListImageReferrers(call) {
    const { key, repository, images } = openRepository(call);
    const subject = call.input.object("subjectId").string("imageDigest");
    if (!isDigest(subject)) {
      throw invalidParameter(
        "subjectId.imageDigest",
        "must satisfy regular expression 'sha256:[0-9a-f]{64}'",
      );
    }
    const filter = call.input.optionalObject("filter");
    const types = filter?.optionalStrings("artifactTypes", 1, 5);
    const status =
      filter?.optionalChoice("artifactStatus", ["ACTIVE", "ARCHIVED", "ACTIVATING", "ANY"]) ??
      "ACTIVE";
    const list = `referrers/${key.account}/${key.region}/${repository.name}/${subject}`;
    const request = parsePageRequest(call.input, list, undefined, {
      defaultRows: 20,
      mostRows: 50,
    });
    const rows = images
      .referrersOf(subject)
      .filter((image) => image.sequence >= Number(request.cursor?.key ?? 0))
      .filter((image) => status === "ANY" || image.status === status)
      .filter((image) => types === undefined || types.includes(image.artifactType ?? ""))
      .map((image) => ({
        key: image.sequence,
        row: {
          digest: image.digest,
          mediaType: image.mediaType,
          artifactType: image.artifactType,
          size: image.manifestBytes,
          annotations: image.annotations,
          artifactStatus: image.status,
        },
      }));
    const { rows: referrers, nextToken } = takePage(rows, request);
    return { referrers, nextToken };
  },
};
