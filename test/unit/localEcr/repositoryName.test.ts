import { expect, test } from "vitest";
import { brokenNameRule } from "../../localEcr/repositoryName.js";

test.each(["ab", "1a", "a.b", "a_b", "a__b", "a---b", "team/app/web", "x".repeat(256)])(
  "%j is a repository name",
  (name) => {
    expect(brokenNameRule(name)).toBeUndefined();
  },
);

test.each([
  ["a", "Member must have length greater than or equal to 2"],
  ["x".repeat(257), "Member must have length less than or equal to 256"],
  ["App", "must satisfy regular expression"],
  ["a..b", "must satisfy regular expression"],
  ["a___b", "must satisfy regular expression"],
  ["a/", "must satisfy regular expression"],
  ["/a", "must satisfy regular expression"],
  ["a//b", "must satisfy regular expression"],
  ["a b", "must satisfy regular expression"],
  ["a-", "must satisfy regular expression"],
])("%j breaks the rule: %s", (name, rule) => {
  expect(brokenNameRule(name)).toContain(rule);
});
