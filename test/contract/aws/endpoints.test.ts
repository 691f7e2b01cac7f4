import { describe, expect, it, vi } from "vitest";
import { makeOpenRegistry } from "../../../src/aws/openRegistry.js";
import { ACCOUNT, KEYS, NOWHERE, REGION, SECRET, useLocalRegistry } from "./localRegistry.js";

const here = useLocalRegistry();

describe("opening a registry", () => {
  it("asks nothing", async () => {
    here.open();
    expect(await here.control.requests()).toEqual([]);
  });

  it.each([
    ["the location", () => here.open()],
    [
      "AWS_ENDPOINT_URL_ECR",
      () => {
        vi.stubEnv("AWS_ENDPOINT_URL_ECR", here.local.origin);
        return makeOpenRegistry()({ profile: "dev", region: REGION, endpoint: undefined });
      },
    ],
    [
      "the profile's services",
      () => {
        here.files.write(
          `[profile dev]\n${KEYS}services = here\n[services here]\necr =\n  endpoint_url = ${here.local.origin}\n`,
        );
        return makeOpenRegistry()({ profile: "dev", region: REGION, endpoint: undefined });
      },
    ],
    [
      "the environment alone",
      () => {
        vi.stubEnv("AWS_ENDPOINT_URL", here.local.origin);
        vi.stubEnv("AWS_ACCESS_KEY_ID", ACCOUNT);
        vi.stubEnv("AWS_SECRET_ACCESS_KEY", SECRET);
        return makeOpenRegistry()({ profile: undefined, region: REGION, endpoint: undefined });
      },
    ],
  ])("finds its endpoint in %s", async (_, open) => {
    expect((await open().fetchToken(here.signal)).host).toBe(here.local.host);
  });
});

describe("endpoints that are not meant", () => {
  it.each([
    ["another profile's", `[default]\nendpoint_url = ${NOWHERE}\n`],
    [
      "an ignored one",
      `[profile dev]\nendpoint_url = ${NOWHERE}\nignore_configured_endpoint_urls = true\n`,
    ],
  ])("are not asked: %s", async (_, config) => {
    here.files.write(config, `[dev]\n${KEYS}`);
    const open = makeOpenRegistry();
    const untouched = open({ profile: "dev", region: "nowhere-1", endpoint: undefined });
    await expect(untouched.fetchToken(here.signal)).rejects.toMatchObject({
      failure: { kind: "aws-unreachable", host: "api.ecr.nowhere-1.amazonaws.com" },
    });
  });
});

describe("AWS's own hosts", () => {
  it.each([
    ["cn-nowhere-1", "", "api.ecr.cn-nowhere-1.amazonaws.com.cn"],
    ["us-gov-nowhere-1", "", "api.ecr.us-gov-nowhere-1.amazonaws.com"],
    ["eusc-de-nowhere-1", "", "api.ecr.eusc-de-nowhere-1.amazonaws.eu"],
    ["nowhere-1", "use_fips_endpoint = true\n", "api.ecr-fips.nowhere-1.amazonaws.com"],
    ["nowhere-1", "use_dualstack_endpoint = true\n", "ecr.nowhere-1.api.aws"],
    [
      "us-gov-nowhere-1",
      "use_fips_endpoint = true\nuse_dualstack_endpoint = true\n",
      "ecr-fips.us-gov-nowhere-1.api.aws",
    ],
  ])("of %s with %j in the profile are asked at %s", async (region, settings, host) => {
    here.files.write(`[profile dev]\n${settings}`, `[dev]\n${KEYS}`);
    const registry = makeOpenRegistry()({ profile: "dev", region, endpoint: undefined });
    await expect(registry.fetchToken(here.signal)).rejects.toMatchObject({
      failure: { kind: "aws-unreachable", host },
    });
  });
});
