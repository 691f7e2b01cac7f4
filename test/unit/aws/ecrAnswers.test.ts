import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { readImage, readRepository, readToken } from "../../../src/aws/ecrAnswers.js";

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const issuedAt = new Date("2026-03-01T10:00:00Z");
const expiresAt = new Date("2026-03-01T22:00:00Z");
const proxyEndpoint = "https://123456789012.dkr.ecr.eu-west-1.amazonaws.com";

describe("readToken", () => {
  it.each([
    [proxyEndpoint, "123456789012.dkr.ecr.eu-west-1.amazonaws.com"],
    ["http://127.0.0.1:5100", "127.0.0.1:5100"],
    [
      "https://123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/",
      "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn",
    ],
  ])("takes the host from %s", (endpoint, host) => {
    const answer = { authorizationToken: base64("AWS:a:b"), expiresAt, proxyEndpoint: endpoint };
    const token = readToken("GetAuthorizationToken", answer, issuedAt);
    expect(token.host).toBe(host);
    expect(token.username).toBe("AWS");
    expect(token.revealPassword()).toBe("a:b");
    expect(token.issuedAt).toEqual(issuedAt);
    expect(token.expiresAt).toEqual(expiresAt);
  });

  it.each([
    ["no entry", undefined],
    ["no token", { expiresAt, proxyEndpoint }],
    [
      "a token without a colon",
      { authorizationToken: base64("hush-hush"), expiresAt, proxyEndpoint },
    ],
    [
      "a token without a password",
      { authorizationToken: base64("AWS:"), expiresAt, proxyEndpoint },
    ],
    [
      "a token without a user",
      { authorizationToken: base64(":hush-hush"), expiresAt, proxyEndpoint },
    ],
    ["no host", { authorizationToken: base64("AWS:hush-hush"), expiresAt }],
    [
      "a host that is no URL",
      { authorizationToken: base64("AWS:hush-hush"), expiresAt, proxyEndpoint: "registry" },
    ],
    ["no expiry", { authorizationToken: base64("AWS:hush-hush"), proxyEndpoint }],
    [
      "an expiry that is no date",
      { authorizationToken: base64("AWS:hush-hush"), proxyEndpoint, expiresAt: new Date(NaN) },
    ],
  ])("refuses %s, and does not repeat it", (_, answer) => {
    let thrown: unknown;
    try {
      readToken("GetAuthorizationToken", answer, issuedAt);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({
      failure: { kind: "aws-failed", operation: "GetAuthorizationToken" },
    });
    expect(inspect(thrown)).not.toMatch(new RegExp(`hush-hush|${base64("hush-hush").slice(0, 8)}`));
  });
});

describe("readRepository", () => {
  const answer = {
    repositoryName: "team/api",
    repositoryArn: "arn:aws:ecr:eu-west-1:123456789012:repository/team/api",
    registryId: "123456789012",
    repositoryUri: "127.0.0.1:5100/team/api",
  };

  it.each([
    [undefined, undefined, { default: "mutable", exclusions: [] }],
    ["MUTABLE", undefined, { default: "mutable", exclusions: [] }],
    ["IMMUTABLE", undefined, { default: "immutable", exclusions: [] }],
    ["MUTABLE_WITH_EXCLUSION", ["v*"], { default: "mutable", exclusions: ["v*"] }],
    [
      "IMMUTABLE_WITH_EXCLUSION",
      ["latest", "dev-*"],
      { default: "immutable", exclusions: ["latest", "dev-*"] },
    ],
  ] as const)("reads the tag mutability %s", (imageTagMutability, filters, tagMutability) => {
    const imageTagMutabilityExclusionFilters = filters?.map(
      (filter) => ({ filter, filterType: "WILDCARD" }) as const,
    );
    expect(
      readRepository("x", { ...answer, imageTagMutability, imageTagMutabilityExclusionFilters }),
    ).toEqual({
      name: "team/api",
      arn: answer.repositoryArn,
      registryId: "123456789012",
      uri: "127.0.0.1:5100/team/api",
      createdAt: undefined,
      tagMutability,
    });
  });

  it.each([
    [undefined, undefined],
    [{ encryptionType: "AES256" }, { type: "AES256", key: undefined }],
    [
      { encryptionType: "KMS", kmsKey: "arn:key" },
      { type: "KMS", key: "arn:key" },
    ],
    [
      { encryptionType: "KMS_DSSE", kmsKey: "arn:key" },
      { type: "KMS_DSSE", key: "arn:key" },
    ],
  ] as const)("reads the encryption %j", (encryptionConfiguration, encryption) => {
    const { encryption: read } = readRepository("x", { ...answer, encryptionConfiguration });
    expect(read).toEqual(encryption);
  });

  it.each([true, false])("reads the scan setting %s", (scanOnPush) => {
    const imageScanningConfiguration = { scanOnPush };
    expect(readRepository("x", { ...answer, imageScanningConfiguration }).scansOnPush).toBe(
      scanOnPush,
    );
    expect(readRepository("x", answer).scansOnPush).toBeUndefined();
  });

  it.each(["repositoryName", "repositoryArn", "registryId", "repositoryUri"])(
    "refuses an answer without %s",
    (part) => {
      expect(() => readRepository("CreateRepository", { ...answer, [part]: undefined })).toThrow(
        expect.objectContaining({
          failure: {
            kind: "aws-failed",
            operation: "CreateRepository",
            message: "the answer holds a repository without name, ARN, registry or URI",
          },
        }),
      );
    },
  );
});

describe("readImage", () => {
  it("reads an image with all its parts", () => {
    const pushedAt = new Date("2026-03-01T10:00:00Z");
    expect(
      readImage("DescribeImages", {
        imageDigest: "sha256:00",
        imageTags: ["v1", "latest"],
        imageSizeInBytes: 12,
        imagePushedAt: pushedAt,
        lastRecordedPullTime: expiresAt,
        imageManifestMediaType: "application/vnd.oci.image.index.v1+json",
        artifactMediaType: "application/vnd.oci.image.config.v1+json",
        imageStatus: "ARCHIVED",
        subjectManifestDigest: "sha256:11",
      }),
    ).toEqual({
      digest: "sha256:00",
      tags: ["v1", "latest"],
      sizeBytes: 12,
      pushedAt,
      lastPulledAt: expiresAt,
      mediaType: "application/vnd.oci.image.index.v1+json",
      artifactMediaType: "application/vnd.oci.image.config.v1+json",
      status: "archived",
      subject: "sha256:11",
    });
  });

  it("counts what a scan found, and keeps nothing where that is nothing", () => {
    const read = (findingSeverityCounts: Record<string, number>): object =>
      readImage("DescribeImages", {
        imageDigest: "sha256:00",
        imageScanFindingsSummary: { findingSeverityCounts },
      });
    expect(read({ CRITICAL: 2, LOW: 0, ODD: 1, UNDEFINED: 2 })).toMatchObject({
      findings: { critical: 2, undefined: 3 },
    });
    expect(read({ LOW: 0 })).not.toHaveProperty("findings");
  });

  it("takes an image without tags and status as untagged and active", () => {
    expect(readImage("DescribeImages", { imageDigest: "sha256:00" })).toMatchObject({
      tags: [],
      status: "active",
    });
  });

  it("refuses an image without digest", () => {
    expect(() => readImage("DescribeImages", { imageTags: ["v1"] })).toThrow(
      expect.objectContaining({
        failure: {
          kind: "aws-failed",
          operation: "DescribeImages",
          message: "the answer holds an image without digest",
        },
      }),
    );
  });
});
