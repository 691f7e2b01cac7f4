import { expect, test } from "vitest";
import { operationOf, tryParseDataRoute } from "../../localEcr/dataRoute.js";

test.each([
  ["/v2/", { kind: "ping" }],
  ["/v2/a/b/c/manifests/v1", { kind: "manifest", name: "a/b/c", reference: "v1" }],
  ["/v2/manifests/manifests/v1", { kind: "manifest", name: "manifests", reference: "v1" }],
  ["/v2/a/blobs/sha256:1", { kind: "blob", name: "a", digest: "sha256:1" }],
  ["/v2/a/b/blobs/uploads/", { kind: "uploads", name: "a/b" }],
  ["/v2/a/b/blobs/uploads/id", { kind: "upload", name: "a/b", id: "id" }],
  ["/v2/a/tags/list", { kind: "tags", name: "a" }],
  ["/v2/a/referrers/sha256%3A1", { kind: "referrers", name: "a", digest: "sha256:1" }],
  ["/v2/_catalog", undefined],
  ["/v2/a/unknown/b", undefined],
  ["/v2/%E0/tags/list", undefined],
])("%s is %j", (path, expected) => {
  expect(tryParseDataRoute(path)).toEqual(expected);
});

test.each([
  ["/v2/", "GET", undefined],
  ["/v2/a/blobs/sha256:1", "HEAD", "BatchCheckLayerAvailability"],
  ["/v2/a/blobs/sha256:1", "GET", "GetDownloadUrlForLayer"],
  ["/v2/a/blobs/uploads/", "POST", "InitiateLayerUpload"],
  ["/v2/a/blobs/uploads/id", "PATCH", "UploadLayerPart"],
  ["/v2/a/blobs/uploads/id", "PUT", "CompleteLayerUpload"],
  ["/v2/a/manifests/v1", "HEAD", "BatchGetImage"],
  ["/v2/a/manifests/v1", "PUT", "PutImage"],
  ["/v2/a/manifests/v1", "DELETE", "BatchDeleteImage"],
  ["/v2/a/tags/list", "GET", "ListImages"],
])("%s with %s needs %s", (path, method, operation) => {
  const route = tryParseDataRoute(path);
  expect(route && operationOf(route, method)).toBe(operation);
});
