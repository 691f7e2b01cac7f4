import { describe, expect, it } from "vitest";
import { EcrError } from "../../../src/core/errors.js";
import {
  type AwsEnvironment,
  locateRegistry,
  type WantedRegistry,
} from "../../../src/core/locateRegistry.js";
import type { Profile } from "../../../src/core/ports.js";
import type { RegistryLocation } from "../../../src/core/registry.js";

const SPACE = { path: "/home/kim/.aws/config", line: 7, flaw: "space" } as const;
const profiles: readonly Profile[] = [
  { name: "default", region: "eu-north-1", source: "keys" },
  { name: "dev", region: "eu-west-1", source: "sso" },
  { name: "bare", region: undefined, source: "keys" },
  { name: "my team", region: undefined, source: "other", flaw: SPACE },
];
const none: WantedRegistry = { profile: undefined, region: undefined, endpoint: undefined };

function locate(
  wanted: Partial<WantedRegistry>,
  environment: AwsEnvironment = {},
  known = profiles,
): RegistryLocation {
  return locateRegistry({ ...none, ...wanted }, environment, known);
}

describe("locateRegistry", () => {
  it.each<[string, Partial<WantedRegistry>, AwsEnvironment, string | undefined, string]>([
    ["the default profile's region", {}, {}, undefined, "eu-north-1"],
    ["the environment", {}, { AWS_REGION: "us-east-1" }, undefined, "us-east-1"],
    ["the CLI's variable", {}, { AWS_DEFAULT_REGION: "us-east-2" }, undefined, "us-east-2"],
    [
      "AWS_REGION first",
      {},
      { AWS_REGION: "us-east-1", AWS_DEFAULT_REGION: "us-east-2" },
      undefined,
      "us-east-1",
    ],
    ["the environment's profile", {}, { AWS_PROFILE: "dev" }, "dev", "eu-west-1"],
    [
      "the environment's region for its profile",
      {},
      { AWS_PROFILE: "dev", AWS_REGION: "us-east-1" },
      "dev",
      "us-east-1",
    ],
    [
      "the wanted profile with its own region",
      { profile: "dev" },
      { AWS_PROFILE: "bare", AWS_REGION: "us-east-1" },
      "dev",
      "eu-west-1",
    ],
    [
      "the environment's region for a profile without one",
      { profile: "bare" },
      { AWS_REGION: "us-east-1" },
      "bare",
      "us-east-1",
    ],
    ["the wanted region", { profile: "dev", region: "ap-south-1" }, {}, "dev", "ap-south-1"],
    [
      "empty texts as not said",
      { profile: "", region: " " },
      { AWS_PROFILE: "" },
      undefined,
      "eu-north-1",
    ],
    ["texts without the spaces around", { profile: " dev " }, {}, "dev", "eu-west-1"],
  ])("takes %s", (_, wanted, environment, profile, region) => {
    expect(locate(wanted, environment)).toEqual({ profile, region, endpoint: undefined });
  });

  it("takes the endpoint without its last slash", () => {
    const endpoint = "http://127.0.0.1:4566/";
    expect(locate({ endpoint }).endpoint).toBe("http://127.0.0.1:4566");
    expect(locate({ endpoint: " " }).endpoint).toBeUndefined();
  });

  it("needs no file when the environment names the region", () => {
    expect(locate({}, { AWS_REGION: "us-east-1" }, [])).toMatchObject({ profile: undefined });
  });

  it.each<[Partial<WantedRegistry>, AwsEnvironment, object]>([
    [{ profile: "nope" }, {}, { kind: "profile-not-found", profile: "nope" }],
    [{}, { AWS_PROFILE: "nope" }, { kind: "profile-not-found", profile: "nope" }],
    [{ profile: "my team" }, {}, { kind: "profile-unusable", profile: "my team", ...SPACE }],
    [{}, { AWS_PROFILE: "my team" }, { kind: "profile-unusable", profile: "my team", ...SPACE }],
    [{ profile: "bare" }, {}, { kind: "region-missing", profile: "bare" }],
    [{ profile: "a b" }, {}, { kind: "invalid-input", field: "profile", value: "a b" }],
    [{ region: "mars" }, {}, { kind: "invalid-input", field: "region", value: "mars" }],
    [{}, { AWS_REGION: "x" }, { kind: "invalid-input", field: "region", value: "x" }],
    [{ endpoint: "nowhere" }, {}, { kind: "invalid-input", field: "endpoint" }],
  ])("refuses %j in %j", (wanted, environment, failure) => {
    expect(() => locate(wanted, environment)).toThrow(EcrError);
    expect(() => locate(wanted, environment)).toThrow(
      expect.objectContaining({ failure: expect.objectContaining(failure) as unknown }),
    );
  });

  it("says that no region is set when there is neither file nor variable", () => {
    expect(() => locate({}, {}, [])).toThrow(
      expect.objectContaining({ failure: { kind: "region-missing", profile: undefined } }),
    );
  });
});
