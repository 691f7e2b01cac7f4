import { expect, it } from "vitest";
import { cacheExports } from "../../../../src/docker/buildkit/cacheOptions.js";
import { bytes, entry, readMessage, text } from "../../../../src/docker/buildkit/protoFields.js";
import { encodeSolveRequest } from "../../../../src/docker/buildkit/solveRequest.js";

it("says where the cache goes, as an image that ECR takes", () => {
  const message = encodeSolveRequest({
    ref: "ref",
    session: "session",
    frontend: "dockerfile.v0",
    frontendAttributes: {},
    exporter: { type: "moby", attributes: {} },
    entitlements: [],
    cacheExports: cacheExports({
      cacheTo: [
        { kind: "inline" },
        { kind: "registry", reference: "host/cache:one" },
        { kind: "registry", reference: "host/cache:two", mode: "max" },
      ],
    }),
  });
  const caches: Record<string, string>[] = [];
  const readEntry = (inner: Uint8Array): void => {
    const read: Record<string, string> = {};
    readMessage(inner, {
      1: text((is) => (read["type"] = is)),
      2: entry((key, value) => (read[key] = value)),
    });
    caches.push(read);
  };
  readMessage(message, {
    8: bytes((cache) => {
      readMessage(cache, { 4: bytes(readEntry) });
    }),
  });
  const asImage = { "image-manifest": "true", "oci-mediatypes": "true" };
  expect(caches).toEqual([
    { type: "inline" },
    { type: "registry", ref: "host/cache:one", mode: "min", ...asImage },
    { type: "registry", ref: "host/cache:two", mode: "max", ...asImage },
  ]);
});
