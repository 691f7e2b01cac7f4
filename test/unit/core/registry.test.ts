import { describe, expect, it } from "vitest";
import {
  type Image,
  isIndex,
  isTagImmutable,
  locationOfKey,
  publicRegistry,
  registryKey,
  type TagMutability,
} from "../../../src/core/registry.js";

describe("registryKey", () => {
  const location = { profile: "dev", region: "eu-west-1", endpoint: undefined };

  it("is equal for equal locations", () => {
    expect(registryKey({ ...location })).toBe(registryKey(location));
  });

  it.each([
    { ...location, profile: undefined },
    { ...location, region: "eu-west-2" },
    { ...location, endpoint: "http://127.0.0.1:1" },
    { profile: 'dev","eu-west-1', region: "", endpoint: undefined },
    { ...location, service: "public" as const },
  ])("differs for %j", (other) => {
    expect(registryKey(other)).not.toBe(registryKey(location));
    expect(locationOfKey(registryKey(other))).toEqual(other);
  });

  it("stays what it was for the registries of accounts", () => {
    expect(registryKey(location)).toBe('["dev","eu-west-1",""]');
    expect(publicRegistry("dev", undefined)).toEqual({
      profile: "dev",
      region: "us-east-1",
      endpoint: undefined,
      service: "public",
    });
  });
});

describe("isTagImmutable", () => {
  it.each<[TagMutability["default"], readonly string[], string, boolean]>([
    ["mutable", [], "1.0", false],
    ["immutable", [], "1.0", true],
    ["immutable", ["latest"], "latest", false],
    ["immutable", ["latest"], "latest2", true],
    ["immutable", ["dev-*"], "dev-", false],
    ["immutable", ["dev-*"], "my-dev-1", true],
    ["immutable", ["*-rc*"], "1.0-rc.2", false],
    ["immutable", ["1.0"], "1x0", true],
    ["immutable", ["a", "b"], "b", false],
    ["mutable", ["v*"], "v1", true],
    ["mutable", ["v*"], "1", false],
    ["immutable", ["*"], "any", false],
  ])("%s except %j: %s is immutable: %s", (mutability, exclusions, tag, expected) => {
    expect(isTagImmutable({ default: mutability, exclusions }, tag)).toBe(expected);
  });
});

describe("isIndex", () => {
  it.each([
    ["application/vnd.oci.image.index.v1+json", true],
    ["application/vnd.docker.distribution.manifest.list.v2+json", true],
    ["application/vnd.oci.image.manifest.v1+json", false],
    ["application/vnd.docker.distribution.manifest.v2+json", false],
    [undefined, false],
  ])("%s: %s", (mediaType, expected) => {
    const image: Image = {
      digest: "sha256:0",
      tags: [],
      sizeBytes: 0,
      pushedAt: undefined,
      lastPulledAt: undefined,
      mediaType,
      artifactMediaType: undefined,
      status: "active",
    };
    expect(isIndex(image)).toBe(expected);
  });
});
