import { describe, expect, it } from "vitest";
import { consoleUrl } from "../../../../src/core/images/consoleUrl.js";

const DIGEST = `sha256:${"9f".repeat(32)}`;
const name = "team/api";

describe("the console's page", () => {
  it.each([
    ["eu-west-1.amazonaws.com", "https://eu-west-1.console.aws.amazon.com"],
    ["cn-north-1.amazonaws.com.cn", "https://cn-north-1.console.amazonaws.cn"],
    ["us-gov-west-1.amazonaws.com", "https://us-gov-west-1.console.amazonaws-us-gov.com"],
    ["eusc-de-east-1.amazonaws.eu", "https://eusc-de-east-1.console.amazonaws-eusc.eu"],
  ])("of a registry in %s is its partition's", (host, origin) => {
    const uri = `123456789012.dkr.ecr.${host}/${name}`;
    const url = new URL(consoleUrl({ uri, name }, undefined));
    expect(url.origin).toBe(origin);
    expect(url.pathname).toBe("/ecr/repositories/private/123456789012/team/api");
    expect(url.searchParams.get("region")).toBe(host.split(".")[0]);
  });

  it("of an image is below its repository's", () => {
    const uri = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/${name}`;
    const { pathname } = new URL(consoleUrl({ uri, name }, DIGEST));
    expect(pathname).toBe(
      `/ecr/repositories/private/123456789012/team/api/_/image/${DIGEST}/details`,
    );
  });

  it.each([
    "127.0.0.1:5000",
    "123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov",
    "123456789012.dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk",
    "registry.example",
  ])("does not exist for %s", (host) => {
    expect(() => consoleUrl({ uri: `${host}/${name}`, name }, undefined)).toThrow(
      expect.objectContaining({ failure: { kind: "console-missing", host } }) as Error,
    );
  });
});
