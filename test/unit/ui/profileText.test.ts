import { describe, expect, it } from "vitest";
import type { DefaultCredentials, Profile } from "../../../src/core/ports.js";
import { defaultText, profileText } from "../../../src/ui/profileText.js";

const ACCOUNT = "210987654321";

describe("profileText", () => {
  it.each<[Omit<Profile, "name">, string]>([
    [
      { source: "sso", role: "AdministratorAccess", region: "eu-west-1" },
      `IAM Identity Center · AdministratorAccess · ${ACCOUNT} · eu-west-1`,
    ],
    [
      { source: "role", role: "deploy", via: "base", hasMfa: true, region: undefined },
      `role deploy via base · MFA · ${ACCOUNT}`,
    ],
    [
      { source: "role", via: "EcsContainer", region: undefined },
      `role via the container's role · ${ACCOUNT}`,
    ],
    [{ source: "keys", region: undefined }, `access keys · ${ACCOUNT}`],
    [{ source: "process", region: undefined }, `credential process · ${ACCOUNT}`],
    [{ source: "web-identity", role: "pod", region: undefined }, `web identity · pod · ${ACCOUNT}`],
    [{ source: "login", region: undefined }, `AWS login · ${ACCOUNT}`],
    [{ source: "other", region: "eu-west-1" }, `${ACCOUNT} · eu-west-1`],
  ])("of %j is %s", (profile, expected) => {
    expect(profileText({ name: "dev", ...profile }, ACCOUNT)).toBe(expected);
  });

  it("leaves out what nobody knows", () => {
    expect(profileText({ name: "dev", source: "sso", region: undefined }, undefined)).toBe(
      "IAM Identity Center",
    );
  });
});

describe("defaultText", () => {
  it.each<[DefaultCredentials, string]>([
    [
      { kind: "profile", profile: "dev", isFromEnvironment: true },
      "profile dev, which AWS_PROFILE names",
    ],
    [{ kind: "profile", profile: "default", isFromEnvironment: false }, "profile default"],
    [{ kind: "environment" }, "access keys of the environment"],
    [{ kind: "web-identity" }, "web identity of the environment"],
    [{ kind: "container" }, "the container's role"],
    [{ kind: "instance" }, "the instance's role, if this host has one"],
    [{ kind: "none" }, "none on this host"],
  ])("of %j is %s", (found, expected) => {
    expect(defaultText(found)).toBe(expected);
  });
});
