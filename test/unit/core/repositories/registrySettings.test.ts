import { describe, expect, it } from "vitest";
import { findPullThroughRule } from "../../../../src/core/repositories/registrySettings.js";

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
