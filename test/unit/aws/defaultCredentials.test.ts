import { describe, expect, it } from "vitest";
import { findDefaultCredentials } from "../../../src/aws/defaultCredentials.js";

const KEYS = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
const WEB = { AWS_WEB_IDENTITY_TOKEN_FILE: "/t", AWS_ROLE_ARN: "r" };
const CONTAINER = { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/x" };

describe("findDefaultCredentials", () => {
  it.each([
    [{ AWS_PROFILE: "dev", ...KEYS }, ["default"], { profile: "dev", isFromEnvironment: true }],
    [{ ...KEYS, ...WEB }, ["default"], { kind: "environment" }],
    [{ AWS_ACCESS_KEY_ID: "a", ...WEB }, ["default"], { profile: "default" }],
    [{ ...WEB, ...CONTAINER }, ["dev"], { kind: "web-identity" }],
    [{ AWS_WEB_IDENTITY_TOKEN_FILE: "/t", ...CONTAINER }, [], { kind: "container" }],
    [{ AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://x" }, [], { kind: "container" }],
    [{}, [], { kind: "instance" }],
    [{ AWS_EC2_METADATA_DISABLED: "false" }, [], { kind: "instance" }],
    [{ AWS_EC2_METADATA_DISABLED: "true" }, [], { kind: "none" }],
  ])("finds with %j and the profiles %j: %j", (environment, names, expected) => {
    const profiles = new Map(names.map((name) => [name, {}]));
    expect(findDefaultCredentials(environment, { profiles })).toMatchObject(expected);
  });
});
