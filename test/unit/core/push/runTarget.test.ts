import { describe, expect, it } from "vitest";
import {
  DOCKER_MANIFEST,
  findManifestMisfit,
  findPlatformMisfit,
  isRunTarget,
  platformsFor,
  RUN_TARGETS,
} from "../../../../src/core/push/runTarget.js";

const OCI = "application/vnd.oci.image.manifest.v1+json";

describe("platformsFor", () => {
  it("builds for what runs there, and leaves it to the engine for anything", () => {
    expect(RUN_TARGETS.map((target) => [target, ...platformsFor(target)])).toEqual([
      ["containers-amd64", "linux/amd64"],
      ["containers-arm64", "linux/arm64"],
      ["lambda-amd64", "linux/amd64"],
      ["lambda-arm64", "linux/arm64"],
      ["sagemaker", "linux/amd64"],
      ["anything"],
    ]);
  });
});

describe("findPlatformMisfit", () => {
  it.each([
    ["containers-amd64", ["linux/amd64"]],
    ["containers-amd64", ["linux/arm64", "linux/amd64"]],
    ["containers-arm64", ["linux/arm64/v8"]],
    ["lambda-arm64", ["linux/arm64"]],
    ["sagemaker", []],
    ["anything", ["linux/s390x", "windows/amd64"]],
  ] as const)("lets %s have %s", (target, platforms) => {
    expect(findPlatformMisfit(target, platforms)).toBeUndefined();
  });

  it.each([
    ["containers-amd64", ["linux/arm64"]],
    ["containers-arm64", ["linux/arm/v7"]],
    ["lambda-amd64", ["linux/amd64", "linux/arm64"]],
    ["sagemaker", ["linux/arm64"]],
  ] as const)("keeps %s from %s", (target, platforms) => {
    expect(findPlatformMisfit(target, platforms)).toEqual({ found: "platforms", platforms });
  });
});

describe("findManifestMisfit", () => {
  it("wants one image for Lambda, in Docker's own type for SageMaker", () => {
    const index = { isIndex: true, mediaType: "application/vnd.oci.image.index.v1+json" };
    const oci = { isIndex: false, mediaType: OCI };
    const docker = { isIndex: false, mediaType: DOCKER_MANIFEST };
    expect(findManifestMisfit("containers-amd64", index)).toBeUndefined();
    expect(findManifestMisfit("anything", index)).toBeUndefined();
    expect(findManifestMisfit("lambda-arm64", index)).toEqual({ found: "index" });
    expect(findManifestMisfit("sagemaker", index)).toEqual({ found: "index" });
    expect(findManifestMisfit("lambda-amd64", oci)).toBeUndefined();
    expect(findManifestMisfit("sagemaker", oci)).toEqual({ found: "media-type", mediaType: OCI });
    expect(findManifestMisfit("sagemaker", docker)).toBeUndefined();
  });
});

describe("isRunTarget", () => {
  it("knows its own names alone", () => {
    expect(["lambda-amd64", "toString", "", "linux/amd64"].map(isRunTarget)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
