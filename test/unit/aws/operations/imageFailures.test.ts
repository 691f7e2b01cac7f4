import { describe, expect, it } from "vitest";
import { readRefusal, refusalFailure } from "../../../../src/aws/operations/imageFailures.js";

const DIGEST = `sha256:${"9f".repeat(32)}`;
const INDEX = `sha256:${"1d".repeat(32)}`;
const about = { repository: "team/api", digest: DIGEST };

describe("ECR's refusal of one image", () => {
  it("names the indexes that hold it", () => {
    const failureReason = `Requested image referenced by manifest list: [${INDEX}]`;
    const refusal = readRefusal({
      imageId: { imageDigest: DIGEST },
      failureCode: "ImageReferencedByManifestList",
      failureReason,
    });
    expect(refusal).toEqual({
      digest: DIGEST,
      why: "in-index",
      indexes: [INDEX],
      message: failureReason,
    });
  });

  it("keeps its words where nobody knows the code, and the code where it has no words", () => {
    const imageId = { imageDigest: DIGEST };
    const unknown = { imageId, failureCode: "UpstreamUnavailable" as const };
    expect(readRefusal(unknown)).toMatchObject({ why: "other", message: "UpstreamUnavailable" });
    expect(readRefusal({ ...unknown, failureReason: "try later" }).message).toBe("try later");
  });

  it.each([
    ["ImageNotFound", { kind: "image-not-found", reference: `team/api@${DIGEST}` }],
    [
      "ImageReferencedByManifestList",
      { kind: "image-in-index", reference: `team/api@${DIGEST}`, indexes: [] },
    ],
    ["ImageInaccessible", { kind: "image-archived", reference: `team/api@${DIGEST}` }],
    ["KmsError", { kind: "kms-key-unusable", repository: "team/api", message: "no" }],
    [
      "UpstreamUnavailable",
      { kind: "image-change-refused", reference: `team/api@${DIGEST}`, message: "no" },
    ],
  ] as const)("%s has a kind where the call was about that image", (failureCode, failure) => {
    expect(refusalFailure({ failureCode, failureReason: "no" }, about)).toEqual(failure);
  });

  it("is about the tag where the call was", () => {
    const failure = refusalFailure(
      { failureCode: "ImageTagDoesNotMatchDigest", failureReason: "no" },
      { ...about, tag: "latest" },
    );
    expect(failure).toEqual({ kind: "tag-moved", repository: "team/api", tag: "latest" });
  });
});
