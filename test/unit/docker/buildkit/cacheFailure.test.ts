import { describe, expect, it } from "vitest";
import type { CacheTarget } from "../../../../src/core/build/cacheTarget.js";
import type { Failure } from "../../../../src/core/errors.js";
import { cacheFailure } from "../../../../src/docker/buildkit/cacheFailure.js";

const HOST = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
const REFERENCE = `${HOST}/team/api:cache`;
const UPLOADS = `https://${HOST}/v2/team/api/blobs/uploads/`;
const login = { kind: "aws", profile: "dev" } as const;
const cache = {
  reference: REFERENCE,
  host: HOST,
  repository: "team/api",
  login,
  isImagePushed: false,
};
const cacheTo = [
  { kind: "inline" },
  { kind: "registry", reference: "registry.example/other:cache" },
  { kind: "registry", reference: REFERENCE, mode: "max" },
] as const;

function explain(message: string, to: readonly CacheTarget[] = cacheTo): Failure | undefined {
  const request = { dockerfile: "/d", context: "/", platforms: [], options: { cacheTo: to } };
  return cacheFailure(message, request, (host) => (host === HOST ? login : undefined));
}

describe("the failure of a cache", () => {
  it.each([
    [
      `error writing layer blob: unexpected status from HEAD request to https://${HOST}/v2/team/api/blobs/sha256:1716: 401 Unauthorized`,
      { kind: "cache-unauthorized", ...cache },
    ],
    [
      `error writing layer blob: unexpected status from POST request to ${UPLOADS}: 404 Not Found`,
      { kind: "cache-repository-not-found", ...cache },
    ],
    [
      `error writing manifest blob: failed commit on ref "sha256:451e": unexpected status from PUT request to https://${HOST}/v2/team/api/manifests/cache: 403 Forbidden`,
      {
        kind: "cache-denied",
        ...cache,
        action: undefined,
        resource: undefined,
        principal: undefined,
      },
    ],
    [
      `failed to solve: error writing layer blob: unexpected status from POST request to ${UPLOADS}: 403 Forbidden: denied: User: arn:aws:iam::123456789012:user/dev is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:x because`,
      {
        kind: "cache-denied",
        ...cache,
        action: "ecr:InitiateLayerUpload",
        resource: "arn:x",
        principal: "arn:aws:iam::123456789012:user/dev",
      },
    ],
    [
      `error writing layer blob: failed to do request: Head "https://${HOST}/v2/team/api/blobs/sha256:1": dial tcp: lookup ${HOST}: no such host`,
      { kind: "registry-unreachable", host: HOST, message: expect.anything() as string },
    ],
  ])("says what the registry of the cache meant: %s", (message, failure) => {
    expect(explain(message)).toMatchObject(failure);
  });

  it("is of the first registry where no address tells which", () => {
    expect(explain("error writing config blob: no basic auth credentials")).toMatchObject({
      kind: "cache-unauthorized",
      host: "registry.example",
      login: undefined,
    });
  });

  it.each([
    ["words about a push", `failed to push ${REFERENCE}: 403 Forbidden`, cacheTo],
    ["a build without a cache", "error writing layer blob: 403 Forbidden", []],
    ["a refusal that nobody knows", "error writing layer blob: 400 Bad Request", cacheTo],
    [
      "a tag that may not move",
      "error writing manifest blob: The image tag 'cache' already exists in the 'team/api' repository and cannot be overwritten",
      cacheTo,
    ],
  ])("is none of its own for %s", (_what, message, to) => {
    expect(explain(message, to)).toBeUndefined();
  });
});
