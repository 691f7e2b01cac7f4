import { describe, expect, it } from "vitest";
import type { Failure } from "../../../../src/core/errors.js";
import { toRegistryFailure } from "../../../../src/docker/errors/registryFailure.js";
import { isWordlessRefusal } from "../../../../src/docker/errors/wordlessRefusal.js";

const host = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
const push = { operation: "push", host, repository: "team/app", tag: "v1" } as const;
const pull = { ...push, operation: "pull" } as const;
const url = `https://${host}/v2/team/app/blobs/sha256:abc`;

const MISSING =
  "The repository with name 'team/app' does not exist in the registry with id '123456789012'";
const IMMUTABLE =
  "The image tag 'v1' already exists in the 'team/app' repository and cannot be overwritten because the repository is immutable.";
const ARN = "arn:aws:ecr:eu-west-1:123456789012:repository/team/app";
const DENIED = `User: arn:aws:iam::123456789012:user/dev is not authorized to perform: ecr:InitiateLayerUpload on resource: ${ARN}`;
const EXPIRED = "Your authorization token has expired. Reauthenticate and try again.";

const wordless = {
  kind: "access-denied",
  action: undefined,
  resource: undefined,
  principal: undefined,
  asked: { host, repository: "team/app", actions: [] },
} as const;
const wordlessLayer = {
  ...wordless,
  asked: { ...wordless.asked, actions: ["ecr:BatchCheckLayerAvailability"] },
} as const;
const missing = {
  kind: "repository-not-found",
  repository: "team/app",
  registryId: "123456789012",
} as const;
const immutable = { kind: "tag-immutable", repository: "team/app", tag: "v1" } as const;
const denied = {
  kind: "access-denied",
  action: "ecr:InitiateLayerUpload",
  resource: ARN,
  principal: "arn:aws:iam::123456789012:user/dev",
} as const;

/** What engines say, in the words of the classic store, of the containerd store, and of Podman. */
const PUSHES: readonly [string, Failure["kind"] | Failure][] = [
  ["no basic auth credentials", { kind: "registry-unauthorized", host }],
  ["unauthorized: authentication required", { kind: "registry-unauthorized", host }],
  ["error from registry: authentication required", "registry-unauthorized"],
  [
    "push access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials",
    "registry-unauthorized",
  ],
  [
    "unable to retrieve auth token: invalid username/password: unauthorized",
    "registry-unauthorized",
  ],
  [`denied: ${EXPIRED}`, { kind: "token-expired", host }],
  [`error from registry: ${EXPIRED}`, "token-expired"],
  ["denied: Your Authorization Token has expired. Please run 'aws ecr get-login'", "token-expired"],
  [`name unknown: ${MISSING}`, missing],
  [`error from registry: ${MISSING}`, missing],
  [`initiating layer upload to /v2/team/app/blobs/uploads/: name unknown: ${MISSING}`, missing],
  [
    "name unknown: repository name not known to registry",
    { kind: "repository-not-found", repository: "team/app", registryId: undefined },
  ],
  [`tag invalid: ${IMMUTABLE}`, immutable],
  [`error from registry: ${IMMUTABLE}`, immutable],
  [`denied: ${DENIED}`, denied],
  [
    `error from registry: ${DENIED} because no resource-based policy allows it`,
    { ...denied, because: "no-resource-policy" },
  ],
  ["denied: requested access to the resource is denied", wordless],
  ['error parsing HTTP 403 response body: unexpected end of JSON input: ""', wordless],
  [`unknown: unexpected status from HEAD request to ${url}: 403 Forbidden`, wordlessLayer],
  ["toomanyrequests: Rate exceeded", { kind: "throttled", operation: "push", host }],
  ["error from registry: Rate exceeded", "throttled"],
  [`unexpected status from PUT request to ${url}: 429 Too Many Requests`, "throttled"],
  ["denied: The repository has reached the limit of images", "limit-exceeded"],
  ["limit exceeded: The maximum number of images was reached", "limit-exceeded"],
  ["received unexpected HTTP status: 503 Service Unavailable", "registry-unavailable"],
  [
    `unknown: unexpected status from PUT request to ${url}: 500 Internal Server Error`,
    "registry-unavailable",
  ],
  ['error parsing HTTP 502 response body: invalid character: "<html>"', "registry-unavailable"],
  [`Get "https://${host}/v2/": dial tcp: lookup ${host}: no such host`, "registry-unreachable"],
  [`Get "https://${host}/v2/": dial tcp 10.0.0.1:443: i/o timeout`, "registry-unreachable"],
  [
    'Get "http://127.0.0.1:9/v2/": dial tcp 127.0.0.1:9: connect: connection refused',
    "registry-unreachable",
  ],
  [
    `Get "https://${host}/v2/": x509: certificate signed by unknown authority`,
    "registry-unreachable",
  ],
  [
    `Get "https://${host}/v2/": http: server gave HTTP response to HTTPS client`,
    "registry-unreachable",
  ],
  [`Head "${url}": EOF`, "registry-unreachable"],
  [`Patch "${url}": write tcp: broken pipe`, "registry-unreachable"],
  [`Get "https://${host}/v2/": net/http: TLS handshake timeout`, "registry-unreachable"],
  [
    `An image does not exist locally with the tag: ${host}/team/app`,
    { kind: "image-not-found", reference: `${host}/team/app:v1` },
  ],
  [`tag does not exist: ${host}/team/app:v1`, "image-not-found"],
  [
    `failed to find image ${host}/team/app:v1: ${host}/team/app:v1: image not known`,
    "image-not-found",
  ],
  [
    "trying to reuse blob sha256:ab at destination: failed to read from destination repository team/app: 403 (Forbidden)",
    wordlessLayer,
  ],
  [
    `unexpected status from POST request to https://${host}/v2/team/app/blobs/uploads/: 404 Not Found`,
    { kind: "repository-not-found", repository: "team/app", registryId: undefined },
  ],
  // Of a build that pushes, with Docker Engine 26.1.
  [
    `unexpected status from HEAD request to ${url}: 401 Unauthorized`,
    { kind: "registry-unauthorized", host },
  ],
  [
    `failed commit on ref "layer-sha256:ab": unexpected status from PUT request to https://${host}/v2/team/app/blobs/uploads/1?digest=sha256%3Aab: 503 Service Unavailable`,
    "registry-unavailable",
  ],
  [
    `failed commit on ref "layer-sha256:ab": failed to do request: Put "https://${host}/v2/team/app/blobs/uploads/1": read tcp 127.0.0.1:1->127.0.0.1:2: read: connection reset by peer`,
    "registry-unreachable",
  ],
  [
    `failed to do request: Head "${url}": dial tcp: lookup ${host} on 10.0.0.2:53: no such host`,
    "registry-unreachable",
  ],
];

describe("toRegistryFailure", () => {
  it.each(PUSHES)("push: %s", (message, expected) => {
    const failure = toRegistryFailure(message, push);
    if (typeof expected === "string") expect(failure?.kind).toBe(expected);
    else expect(failure).toEqual(expected);
  });

  it.each([
    `failed commit on ref "manifest-sha256:ab": unexpected status from PUT request to https://${host}/v2/team/app/manifests/v1: 400 Bad Request`,
    "cannot parse the manifest",
  ])("leaves to the caller what has no kind of its own: %s", (message) => {
    expect(toRegistryFailure(message, push)).toBeUndefined();
  });

  it("keeps the words of what a registry's operator has to read", () => {
    const message = "received unexpected HTTP status: 500 Internal Server Error";
    expect(toRegistryFailure(message, push)).toEqual({
      kind: "registry-unavailable",
      host,
      message,
    });
  });

  it.each([
    ["no basic auth credentials", "registry-unauthorized"],
    [`denied: ${EXPIRED}`, "token-expired"],
    [`denied: ${DENIED}`, "access-denied"],
    ["dial tcp: lookup registry-1.docker.io: no such host", "registry-unreachable"],
    ["toomanyrequests: You have reached your pull rate limit", "throttled"],
    ["pulling from host x failed with status code [manifests 1]: 403 Forbidden", "access-denied"],
    [
      "pull access denied for x/y, repository does not exist or may require 'docker login': denied: ",
      "access-denied",
    ],
    [
      "pull access denied for none, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
      "image-not-found",
    ],
    [
      "pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed",
      "image-not-found",
    ],
    [`repository x/y not found: name unknown: ${MISSING}`, "image-not-found"],
    ["manifest for x:1 not found: manifest unknown: Requested image not found", "image-not-found"],
    ["failed to create LLB definition: x/team/base:1: not found", "image-not-found"],
    ["error parsing HTTP 404 response body: unexpected end of JSON input", "image-not-found"],
  ])("pull: %s", (message, kind) => {
    expect(toRegistryFailure(message, pull)?.kind).toBe(kind);
  });

  it("knows a base image for other platforms, and names the missing one where it is told", () => {
    const message = "no matching manifest for linux/arm64/v8 in the manifest list entries";
    expect(toRegistryFailure(message, pull)).toMatchObject({
      kind: "base-image-platform-missing",
      platform: "linux/arm64/v8",
    });
    expect(toRegistryFailure(message, push)).toBeUndefined();
  });
});

describe("isWordlessRefusal", () => {
  const upload = `unexpected status from POST request to https://${host}/v2/team/app/blobs/uploads/`;
  const commit = `failed commit on ref "manifest-sha256:ab": unexpected status from PUT request to https://${host}/v2/team/app/manifests/v1`;
  it.each([`${upload}: 403 Forbidden`, `${upload}: 404 Not Found`, `${commit}: 400 Bad Request`])(
    "knows a status without words: %s",
    (message) => {
      expect(isWordlessRefusal(message)).toBe(true);
    },
  );

  it.each([
    `${commit}: 429 Too Many Requests`,
    `${upload}: 503 Service Unavailable`,
    `${commit}: 403 Forbidden: denied: ${DENIED}`,
    `denied: ${DENIED}`,
    'failed to do request: Head "https://h/v2/": dial tcp: connection refused',
  ])("leaves what says enough: %s", (message) => {
    expect(isWordlessRefusal(message)).toBe(false);
  });
});
