import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { oidcEndpoint } from "../../../src/aws/oidcEndpoint.js";
import { readAwsFiles } from "../../../src/aws/sharedFiles.js";
import { makeAwsFiles, type AwsFiles } from "../../fakes/awsFiles.js";

let files: AwsFiles;
beforeEach(() => (files = makeAwsFiles()));
afterEach(() => {
  files.remove();
});

async function find(region: string, settings = ""): Promise<string> {
  files.write(`[profile dev]\nsso_region = ${region}\n${settings}`);
  await readAwsFiles();
  return oidcEndpoint({ profile: "dev", name: undefined, startUrl: "x", region, scopes: [] });
}

describe("oidcEndpoint", () => {
  it.each([
    ["eu-west-1", "oidc.eu-west-1.amazonaws.com"],
    ["cn-north-1", "oidc.cn-north-1.amazonaws.com.cn"],
    ["us-gov-west-1", "oidc.us-gov-west-1.amazonaws.com"],
    ["eusc-de-east-1", "oidc.eusc-de-east-1.amazonaws.eu"],
    ["us-isob-east-1", "oidc.us-isob-east-1.sc2s.sgov.gov"],
  ])("is in the domain of the partition of %s", async (region, host) => {
    expect(await find(region)).toBe(`https://${host}`);
  });

  it.each([
    ["use_fips_endpoint = true\n", "us-east-1", "oidc-fips.us-east-1.amazonaws.com"],
    ["use_fips_endpoint = true\n", "us-gov-west-1", "oidc.us-gov-west-1.amazonaws.com"],
    ["use_dualstack_endpoint = true\n", "us-east-1", "oidc.us-east-1.api.aws"],
    [
      "use_dualstack_endpoint = true\n",
      "cn-north-1",
      "oidc.cn-north-1.api.amazonwebservices.com.cn",
    ],
    [
      "use_dualstack_endpoint = true\nuse_fips_endpoint = true\n",
      "us-gov-west-1",
      "oidc-fips.us-gov-west-1.api.aws",
    ],
  ])("follows the profile's %j in %s", async (settings, region, host) => {
    expect(await find(region, settings)).toBe(`https://${host}`);
  });

  it("follows the environment before the profile, and a host of one's own before both", async () => {
    vi.stubEnv("AWS_USE_FIPS_ENDPOINT", "true");
    expect(await find("us-east-1", "use_fips_endpoint = false\n")).toBe(
      "https://oidc-fips.us-east-1.amazonaws.com",
    );
    vi.stubEnv("AWS_ENDPOINT_URL_SSO_OIDC", "https://oidc.example/");
    expect(await find("us-east-1")).toBe("https://oidc.example");
  });

  it("refuses a region that would lead elsewhere", async () => {
    await expect(find("evil.example/")).rejects.toMatchObject({
      failure: { kind: "invalid-input", field: "region" },
    });
  });
});
