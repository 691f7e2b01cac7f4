import { describe, expect, it } from "vitest";
import {
  findPullThroughRule,
  findScanFrequency,
  type ScanRule,
} from "../../../src/core/registrySettings.js";

describe("findPullThroughRule", () => {
  const rules = [
    { prefix: "hub", upstream: "registry-1.docker.io" },
    { prefix: "hub/quay/", upstream: "quay.io" },
  ];

  it.each([
    ["hub/library/nginx", "registry-1.docker.io"],
    ["hub/quay/app", "quay.io"],
    ["hub/quayside", "registry-1.docker.io"],
    ["hubert/app", undefined],
    ["team/api", undefined],
  ])("of %s is %s", (repository, upstream) => {
    expect(findPullThroughRule(rules, repository)?.upstream).toBe(upstream);
  });

  it("takes ROOT for every name without a nearer rule", () => {
    const all = [{ prefix: "ROOT", upstream: "public.ecr.aws" }, ...rules];
    expect(findPullThroughRule(all, "team/api")?.upstream).toBe("public.ecr.aws");
    expect(findPullThroughRule(all, "hub/api")?.upstream).toBe("registry-1.docker.io");
  });
});

describe("findScanFrequency", () => {
  const frequencyOf = (repository: string, ...rules: ScanRule[]) =>
    findScanFrequency({ type: "basic", rules }, repository);

  it.each([
    ["*", "team/api", "on-push"],
    ["team/*", "team/api", "on-push"],
    ["team/*", "my-team/api", "manual"],
    ["api", "team/api", "on-push"],
    ["a.i", "team/api", "manual"],
  ])("with the filter %s of %s is %s", (filter, repository, expected) => {
    expect(frequencyOf(repository, { frequency: "on-push", filters: [filter] })).toBe(expected);
  });

  it("is as the first fitting rule says", () => {
    const rules: ScanRule[] = [
      { frequency: "continuous", filters: ["prod"] },
      { frequency: "on-push", filters: ["*"] },
    ];
    expect(frequencyOf("prod/api", ...rules)).toBe("continuous");
    expect(frequencyOf("dev/api", ...rules)).toBe("on-push");
    expect(frequencyOf("dev/api")).toBe("manual");
  });
});
