import { describe, expect, it } from "vitest";
import { repositoryArn, tryParseEcrHost } from "../../../src/core/ecrHost.js";

describe("tryParseEcrHost", () => {
  it.each([
    ["111122223333.dkr.ecr.eu-west-1.amazonaws.com", "eu-west-1"],
    ["111122223333.dkr.ecr-fips.us-east-1.amazonaws.com", "us-east-1"],
    ["111122223333.dkr-ecr.eu-west-1.on.aws", "eu-west-1"],
    ["111122223333.dkr-ecr-fips.us-west-2.on.aws", "us-west-2"],
    ["111122223333.dkr.ecr.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1"],
    ["111122223333.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn", "cn-north-1"],
    ["111122223333.dkr.ecr.us-gov-west-1.amazonaws.com", "us-gov-west-1"],
    ["111122223333.dkr.ecr-fips.us-gov-east-1.amazonaws.com", "us-gov-east-1"],
    ["111122223333.dkr.ecr.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1"],
    ["111122223333.dkr.ecr.us-iso-east-1.c2s.ic.gov", "us-iso-east-1"],
    ["111122223333.dkr.ecr.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1"],
  ])("reads %s", (host, region) => {
    expect(tryParseEcrHost(host)).toEqual({ registryId: "111122223333", region });
  });

  it.each([
    "111122223333.dkr.ecr.eu-west-1.amazonaws.com.evil.example",
    "111122223333.dkr.ecr.eu-west-1.amazonaws.com:443",
    "111122223333.dkr.ecr.eu-west-1.amazonaws.com\n.evil.example",
    "evil.example/111122223333.dkr.ecr.eu-west-1.amazonaws.com",
    "x111122223333.dkr.ecr.eu-west-1.amazonaws.com",
    "a.111122223333.dkr.ecr.eu-west-1.amazonaws.com",
    "11112222333.dkr.ecr.eu-west-1.amazonaws.com",
    "111122223333.dkr.ecr.eu-west-1.amazonaws.co",
    "111122223333.dkr.ecr.eu-west-1.amazonaws.org",
    "111122223333.dkr.ecr.eu-west-1-amazonaws.com",
    "111122223333-dkr-ecr.eu-west-1.amazonaws.com",
    "111122223333.dkr.ecr.eu.evil-1.amazonaws.com",
    "111122223333.dkr.ecr.eu-west-1.amazonaws.com.cn",
    "111122223333.dkr.ecr.cn-north-1.amazonaws.com",
    "111122223333.dkr.ecr.eu-west-1.amazonaws.eu",
    "111122223333.dkr.s3.eu-west-1.amazonaws.com",
    "api.ecr.eu-west-1.amazonaws.com",
    "public.ecr.aws",
    "ecr-public.aws.com",
    "docker.io",
    "127.0.0.1:5000",
    "",
  ])("takes %j for no host of ECR", (host) => {
    expect(tryParseEcrHost(host)).toBeUndefined();
  });
});

describe("repositoryArn", () => {
  it.each([
    ["111122223333.dkr.ecr.eu-west-1.amazonaws.com", "aws", "eu-west-1"],
    ["111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn", "aws-cn", "cn-north-1"],
    ["111122223333.dkr.ecr.us-gov-west-1.amazonaws.com", "aws-us-gov", "us-gov-west-1"],
    ["111122223333.dkr.ecr.eusc-de-east-1.amazonaws.eu", "aws-eusc", "eusc-de-east-1"],
  ])("names a repository on %s", (host, partition, region) => {
    const arn = `arn:${partition}:ecr:${region}:111122223333:repository/team/base`;
    const digest = `sha256:${"a".repeat(64)}`;
    for (const name of ["team/base", "team/base:1", `team/base@${digest}`]) {
      expect(repositoryArn(host, `${host}/${name}`)).toBe(arn);
    }
  });

  it("names none elsewhere", () => {
    expect(repositoryArn("docker.io", "busybox")).toBeUndefined();
    const host = "111122223333.dkr.ecr.eu-west-1.amazonaws.com";
    expect(repositoryArn(host, "busybox")).toBeUndefined();
  });
});
