import { describe, expect, it } from "vitest";
import type { LocalImage } from "../../../../src/core/enginePorts.js";
import { countOtherNames, localRowName } from "../../../../src/ui/localImages/localImageNames.js";

const host = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
const digest = `sha256:9f2c${"0".repeat(58)}e1`;
const image = (references: readonly string[], digests: readonly string[] = []): LocalImage => ({
  id: digest,
  references,
  digests,
  sizeBytes: 1,
  createdAt: new Date(0),
  platform: undefined,
});

describe("localRowName", () => {
  it.each([
    [["api:dev"], "api:dev"],
    [["api:dev", "api:latest", "shop:1"], "api:dev, latest"],
    [[`${host}/team/api:1.4.0`, `${host}/team/api:latest`], "team/api:1.4.0, latest"],
    [["127.0.0.1:5000/team/api:1"], "127.0.0.1:5000/team/api:1"],
    [["ghcr.io/team/api:1"], "ghcr.io/team/api:1"],
  ])("%j is %s", (references, expected) => {
    expect(localRowName(image(references))).toBe(expected);
  });

  it("tells where an image without a tag is from, else how its id begins", () => {
    expect(localRowName(image([], [`${host}/team/api@${digest}`]))).toBe("team/api@9f2c…e1");
    expect(localRowName(image([]))).toBe("untagged 9f2c…e1");
  });

  it("counts the names that it leaves out", () => {
    expect(countOtherNames(image(["api:dev", "api:latest", "shop:1", "web:2"]))).toBe(2);
    expect(countOtherNames(image(["api:dev"]))).toBe(0);
    expect(countOtherNames(image([]))).toBe(0);
  });
});
