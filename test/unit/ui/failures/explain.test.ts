import { describe, expect, it } from "vitest";
import type { ErrorKind, Failure } from "../../../../src/core/errors.js";
import { explain } from "../../../../src/ui/failures/explain.js";
import { remedyLabel } from "../../../../src/ui/failures/remedies.js";

type Samples = {
  readonly [K in ErrorKind]: readonly Omit<Extract<Failure, { kind: K }>, "kind">[];
};

const HOST = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
const ARN = "arn:aws:ecr:eu-west-1:123456789012:repository/team/api";
const FOREIGN_ARN = "arn:aws:ecr:eu-west-1:210987654321:repository/team/api";
const USER = "arn:aws:iam::123456789012:user/dev";
const ROLE = "arn:aws:sts::123456789012:assumed-role/Developer/kim@example.com";
const AWS = "api.ecr.eu-west-1.amazonaws.com";
const ASKED = { host: HOST, repository: "team/api" };

/** Fields that hold one of our own words, never one from outside. */
const OUR_WORDS = new Set([
  ...["kind", "field", "option", "feature", "fault", "why", "problem", "because", "flaw"],
  ...["target", "found", "by"],
]);
const BASE = { image: `${HOST}/team/base:1`, host: HOST, dockerfile: "/shop/Dockerfile", line: 3 };
const NO_WORDS = { action: undefined, resource: undefined, principal: undefined };

const CACHE = {
  reference: `${HOST}/team/api:cache`,
  host: HOST,
  repository: "team/api",
  isImagePushed: false,
};

const CONFIG = { path: "/home/kim/.aws/config", line: 7 };

const samples: Samples = {
  "docker-unavailable": [{ endpoint: "unix:///var/run/docker.sock", tried: [] }],
  "docker-permission-denied": [{ endpoint: "/var/run/docker.sock" }],
  "docker-context-invalid": [{ name: "colima", reason: "its socket is gone" }],
  "docker-failed": [{ operation: "tag", message: "no such image" }],
  "image-in-use": (["running-container", "stopped-container", "image"] as const).map((by) => ({
    image: "api:dev",
    containers: by === "image" ? [] : ["web", "worker"],
    by,
  })),
  "engine-disk-full": [{ operation: "build" }],
  "credentials-missing": [{ profile: undefined }, { profile: "dev" }],
  "credentials-expired": [{ profile: undefined }, { profile: "dev" }],
  "session-too-short": [
    { profile: "dev", endsInMs: 240_000, lastTookMs: 372_000, renewedBy: "sign-in" },
    { profile: undefined, endsInMs: 40_000, lastTookMs: 60_000, renewedBy: "keys" },
  ],
  "sign-in-denied": [{ profile: undefined }, { profile: "dev" }],
  "sign-in-timed-out": [{ profile: "dev" }],
  "sign-in-failed": [{ profile: "dev", message: "invalid start URL" }],
  "sign-in-program-missing": [{ profile: "dev", program: "aws" }],
  "sign-in-unsaved": [{ path: "/home/kim/.aws/sso/cache/ab.json", reason: "EACCES" }],
  "credentials-rejected": [
    { profile: undefined },
    { profile: "dev" },
    { profile: "dev", region: "eu-south-1", why: "unknown-key" },
    { profile: "dev", region: "eu-west-1", why: "wrong-secret" },
  ],
  "credential-process-failed": [
    ...(["failed", "timed-out", "not-json", "incomplete", "expired"] as const).map((fault) => ({
      profile: "dev",
      program: "vault-keys",
      fault,
    })),
    { profile: undefined, program: undefined, fault: "failed" },
  ],
  "mfa-needed": [{ profile: undefined }, { profile: "dev" }],
  "mfa-refused": [{ profile: "dev" }],
  "clock-skewed": [{ aheadMinutes: 7 }, { aheadMinutes: -61 }, { aheadMinutes: undefined }],
  "region-disabled": [{ region: "eu-south-1" }],
  "endpoint-conflict": [
    { endpoint: "https://ecr.example", feature: "FIPS" },
    { endpoint: undefined, feature: "dual-stack" },
  ],
  "profile-not-found": [{ profile: "dev" }],
  "profile-unusable": (["space", "character", "prefix-missing", "prefix-extra"] as const).map(
    (flaw) => ({ profile: "my team", ...CONFIG, flaw }),
  ),
  "profile-cycle": [{ profile: "dev", chain: ["dev", "base", "dev"], ...CONFIG }],
  "source-profile-missing": [{ profile: "dev", source: "base", ...CONFIG }],
  "sso-session-unusable": [
    { profile: "dev", session: "taem", lacks: undefined, ...CONFIG },
    { profile: "dev", session: "team", lacks: "sso_region", ...CONFIG },
  ],
  "aws-file-unreadable": [{ path: CONFIG.path, reason: "permission denied" }],
  "aws-file-malformed": [CONFIG],
  "region-missing": [{ profile: undefined }, { profile: "dev" }],
  "aws-unreachable": [
    { host: AWS, region: "eu-west-1" },
    ...(["unknown-host", "refused", "broken-off", "no-answer"] as const).map((why) => ({
      host: AWS,
      region: "eu-west-1",
      why,
    })),
    { host: "api.ecr.eu-wets-1.amazonaws.com", region: "eu-wets-1", why: "unknown-host" },
    { host: "ecr.example", region: "local-1", why: "unknown-host" },
  ],
  "certificate-untrusted": (["untrusted", "other-host", "dates", "no-tls"] as const).map(
    (problem) => ({ host: AWS, problem }),
  ),
  "proxy-refused": [{ host: AWS }],
  "access-denied": [
    { action: "ecr:PutImage", resource: ARN, principal: USER },
    { action: "ecr:GetAuthorizationToken", resource: "*", principal: undefined },
    { action: undefined, resource: undefined, principal: undefined },
    { action: "ecr:PutImage", resource: ARN, principal: ROLE, because: "no-identity-policy" },
    { action: "ecr:PutImage", resource: ARN, principal: USER, because: "no-resource-policy" },
    { action: "ecr:PutImage", resource: ARN, principal: USER, because: "explicit-deny" },
    { action: "ecr:PutImage", resource: ARN, principal: USER, because: "no-boundary" },
    { action: "ecr:PutImage", resource: FOREIGN_ARN, principal: ROLE },
    {
      action: "ecr:PutImage",
      resource: FOREIGN_ARN,
      principal: ROLE,
      because: "no-resource-policy",
    },
    {
      action: "ecr:PutImage",
      resource: FOREIGN_ARN,
      principal: USER,
      because: "no-identity-policy",
    },
    {
      action: "sts:AssumeRole",
      resource: "arn:aws:iam::210987654321:role/push",
      principal: USER,
    },
    { ...NO_WORDS, asked: { host: HOST, repository: "team/api", actions: [] } },
    { ...NO_WORDS, asked: { ...ASKED, actions: ["ecr:BatchCheckLayerAvailability"] } },
    { ...NO_WORDS, asked: { ...ASKED, actions: ["ecr:PutImage"] } },
  ],
  throttled: [{ operation: "DescribeImages" }, { operation: "pull", host: "docker.io" }],
  "page-expired": [{ operation: "DescribeRepositories" }],
  "public-registry-lacks": [{ operation: "StartImageScan" }],
  "limit-exceeded": [{ operation: "CreateRepository", message: "10000 repositories." }],
  "aws-failed": [{ operation: "DescribeImages", message: "Internal failure." }],
  "token-expired": [{ host: HOST }],
  "registry-unauthorized": [{ host: HOST }],
  "registry-unavailable": [{ host: HOST, message: "503 Service Unavailable" }],
  "registry-unreachable": [
    { host: HOST, message: "no such host" },
    ...(
      [
        "unknown-host",
        "refused",
        "broken-off",
        "no-answer",
        "untrusted-certificate",
        "no-tls",
        "proxy",
      ] as const
    ).map((why) => ({ host: HOST, message: "the engine's words", why })),
  ],
  "repository-not-found": [
    { repository: "team/api", registryId: undefined },
    { repository: "team/api", registryId: "123456789012" },
  ],
  "repository-exists": [{ repository: "team/api" }],
  "lifecycle-policy-rejected": [{ repository: "team/api", reason: "countNumber is missing" }],
  "lifecycle-preview-failed": [
    { repository: "team/api", why: "gave-up" },
    { repository: "team/api", why: "replaced" },
    { repository: "team/api", why: "too-slow" },
  ],
  "lifecycle-preview-busy": [{ repository: "team/api" }],
  "tag-immutable": [{ repository: "team/api", tag: "1.0" }],
  "image-not-found": [{ reference: "api:dev" }],
  "invalid-input": (
    [
      "repository",
      "tag",
      "digest",
      "reference",
      "region",
      "profile",
      "endpoint",
      "platform",
      "build-argument",
      "label",
      "host",
      "tag-pattern",
      "kms-key",
      "resource-tag",
    ] as const
  ).map((field) => ({ field, value: "a b", reason: "it holds a space" })),
  "workspace-untrusted": [{ action: "Push to ECR" }],
  "dockerfile-unreadable": [{ path: "/shop/Dockerfile", reason: "it does not exist" }],
  "dockerfile-empty": [{ path: "/shop/Dockerfile" }],
  "context-unreadable": [{ path: "/shop/data", reason: "permission denied" }],
  "ignore-file-unwritable": [{ path: "/shop/.dockerignore", reason: "permission denied" }],
  "base-image-unauthorized": [
    { ...BASE, login: undefined },
    { ...BASE, line: undefined, login: { kind: "docker", username: "kim" } },
    { ...BASE, login: { kind: "aws", profile: "dev" } },
    { ...BASE, login: { kind: "aws", profile: undefined } },
  ],
  "base-image-denied": [
    { ...BASE, ...NO_WORDS, login: { kind: "aws", profile: "dev" } },
    { ...BASE, ...NO_WORDS, principal: USER, login: { kind: "aws", profile: "dev" } },
    { ...BASE, ...NO_WORDS, login: { kind: "docker", username: "kim" } },
    { ...BASE, ...NO_WORDS, login: undefined },
  ],
  "base-image-not-found": [
    { ...BASE, login: undefined },
    { ...BASE, login: { kind: "aws", profile: "dev" } },
  ],
  "base-image-platform-missing": [
    { ...BASE, login: undefined, platform: "linux/arm64" },
    { ...BASE, login: undefined, line: undefined, platform: undefined },
  ],
  "build-failed": [
    { dockerfile: "/shop/Dockerfile", line: 3, step: "RUN make", message: "exit code: 2" },
    {
      dockerfile: "/shop/Dockerfile",
      line: 3,
      endLine: 5,
      step: `RUN make ${"x".repeat(200)}`,
      message: "exit code: 2",
      output: ["not said", "", "one", "  two  ", "three"],
    },
    { dockerfile: "/shop/Dockerfile", line: 3, step: undefined, message: "unknown word" },
    { dockerfile: "/shop/Dockerfile", line: undefined, step: undefined, message: "code 2" },
  ],
  "cache-unauthorized": [
    { ...CACHE, login: { kind: "aws", profile: "dev" } },
    { ...CACHE, login: { kind: "docker", username: "kim" } },
    { ...CACHE, login: undefined },
    { ...CACHE, host: "registry.example", login: undefined },
  ],
  "cache-denied": [
    {
      ...CACHE,
      login: { kind: "aws", profile: "dev" },
      action: "ecr:PutImage",
      resource: ARN,
      principal: USER,
    },
    { ...CACHE, login: { kind: "aws", profile: undefined }, ...NO_WORDS },
    { ...CACHE, host: "registry.example", login: undefined, ...NO_WORDS },
  ],
  "cache-repository-not-found": [
    { ...CACHE, login: undefined },
    { ...CACHE, login: undefined, isImagePushed: true },
  ],
  "secret-missing": [
    { dockerfile: "/shop/Dockerfile", id: "npm", line: 4 },
    { dockerfile: "/shop/Dockerfile", id: "npm", line: undefined },
  ],
  "build-option-invalid": (["target", "secret", "build-argument", "ssh"] as const).map(
    (option) => ({ option, name: "npm", reason: "it is gone" }),
  ),
  "builder-lacks": (["secrets", "ssh", "contexts", "cache-to", "exporter"] as const).map(
    (feature) => ({ feature, reason: "DOCKER_BUILDKIT is 0" }),
  ),
  "platforms-unsupported": [
    {
      platforms: ["linux/amd64", "linux/arm64"],
      reason: "it keeps images in the classic store",
      imageStore: "classic",
    },
    {
      platforms: ["linux/amd64", "linux/arm64"],
      reason: "DOCKER_BUILDKIT is 0",
      imageStore: "containerd",
    },
  ],
  "emulator-missing": [
    { dockerfile: "/shop/Dockerfile", line: 3, step: "RUN make", platforms: ["linux/arm64"] },
    {
      dockerfile: "/shop/Dockerfile",
      line: undefined,
      step: undefined,
      platforms: ["linux/arm64"],
    },
  ],
  "ssh-agent-missing": [
    { dockerfile: "/shop/Dockerfile", id: "default", line: 4 },
    { dockerfile: "/shop/Dockerfile", id: "default", line: undefined },
  ],
  "ssh-agent-unavailable": [
    { path: undefined, reason: "SSH_AUTH_SOCK is not set" },
    { path: "/run/agent.sock", reason: "it does not exist" },
  ],
  "session-lost": [{ reason: "the session was closed" }],
  "manifest-rejected": [
    { reference: `${HOST}/team/api:1.0`, message: "invalid parameter at 'ImageManifest'" },
  ],
  "config-unusable": (["too-large", "altered", "unsafe-address", "withheld", "none"] as const).map(
    (fault) => ({ digest: "sha256:9f2c", fault }),
  ),
  "layer-lost": [{ reference: `${HOST}/team/api:1.0` }],
  "push-failed": [{ reference: `${HOST}/team/api:1.0`, message: "blob is not valid" }],
  "platform-missing": [
    { reference: `${HOST}/team/api@sha256:ab`, platform: "linux/arm64" },
    { reference: `${HOST}/team/api@sha256:ab`, platform: undefined },
  ],
  "pull-failed": [{ reference: `${HOST}/team/api@sha256:ab`, message: "unknown blob" }],
  "stream-truncated": [{ operation: "push" }],
  "run-target-unfit": [
    {
      name: "team/api:1.0",
      target: "containers-amd64",
      misfit: { found: "platforms", platforms: ["linux/arm64"] },
      isPushed: false,
    },
    {
      name: "team/api:1.0",
      target: "lambda-arm64",
      misfit: { found: "platforms", platforms: ["linux/amd64", "linux/arm64"] },
      isPushed: false,
    },
    {
      name: "team/api:1.0",
      target: "lambda-amd64",
      misfit: { found: "index" },
      isPushed: true,
    },
    {
      name: "team/api:1.0",
      target: "sagemaker",
      misfit: {
        found: "media-type",
        mediaType: "application/vnd.oci.image.manifest.v1+json",
      },
      isPushed: true,
    },
  ],
  "push-unverified": [{ reference: `${HOST}/team/api:1.0`, digest: "sha256:9f2c" }],
  "docker-config-invalid": [
    { path: "/home/kim/.docker/config.json", reason: "it is not valid JSON" },
  ],
  "docker-login-failed": [{ host: HOST, reason: "docker-credential-pass ended with code 1" }],
  "repository-not-empty": [{ repository: "team/api" }],
  "image-in-index": [{ reference: "team/api@sha256:9f2c", indexes: ["sha256:1d3e"] }],
  "image-archived": [{ reference: "team/api:1.0" }],
  "tag-moved": [{ repository: "team/api", tag: "latest" }],
  "last-tag": [{ repository: "team/api", tag: "1.0" }],
  "kms-key-unusable": [{ repository: "team/api", message: "KMS key is disabled" }],
  "scan-unsupported": [{ reference: "team/api:1.0" }],
  "scan-limit": [{ reference: "team/api:1.0" }],
  "scan-not-on-demand": [{ reference: "team/api:1.0" }],
  "storage-class-refused": [{ reference: "team/api:1.0" }],
  "image-change-refused": [{ reference: "team/api:1.0", message: "upstream is unavailable" }],
  "console-missing": [{ host: "127.0.0.1:5000" }],
  unexpected: [{ message: "x is not a function" }],
};

const failures = Object.entries(samples).flatMap(([kind, details]) =>
  details.map((detail) => ({ kind, ...detail }) as Failure),
);

describe("explain", () => {
  it("has a sentence and buttons for every kind", async () => {
    const lines = failures.map((failure) => {
      const { message, remedies } = explain(failure);
      const buttons = remedies.map((remedy) => ` [${remedyLabel(remedy)}]`).join("");
      return `${failure.kind}: ${message}${buttons}\n`;
    });
    const golden = new URL("../../../fixtures/ui/failures.txt", import.meta.url).pathname;
    await expect(lines.join("")).toMatchFileSnapshot(golden);
  });

  it.each(failures)("fills every gap of $kind and keeps to the voice", (failure) => {
    const { message, remedies } = explain(failure);
    expect(message).not.toMatch(/\{\d\}|undefined|!|please|success|oops/i);
    expect(new Set(remedies).size).toBe(remedies.length);
  });

  it("makes no link of what an engine or a registry says", () => {
    const hostile = "[Fix it](command:workbench.action.terminal.new) [x](https://example.com)";
    for (const failure of failures) {
      const details = Object.entries(failure).map(([name, value]: [string, unknown]) => [
        name,
        OUR_WORDS.has(name) || typeof value !== "string" ? value : hostile,
      ]);
      const { message } = explain(Object.fromEntries(details) as Failure);
      // What notifications take for a link:
      // https://github.com/microsoft/vscode/blob/main/src/vs/base/common/linkedText.ts
      expect(message).not.toMatch(/\[[^\]]+\]\((?:https?:\/\/|command:|file:)/i);
    }
  });
});
