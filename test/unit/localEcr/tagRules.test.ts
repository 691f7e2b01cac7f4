import { expect, test } from "vitest";
import type { TagMutability } from "../../localEcr/records.js";
import { isTag, isTagImmutable, matchesFilter } from "../../localEcr/tagRules.js";

test.each([
  ["latest", true],
  ["_x", true],
  ["v1.2.3-rc_1", true],
  ["x".repeat(128), true],
  ["x".repeat(129), false],
  ["", false],
  [".x", false],
  ["-x", false],
  ["a/b", false],
  ["a:b", false],
])("%j is a tag: %s", (text, expected) => {
  expect(isTag(text)).toBe(expected);
});

test.each([
  ["*", "anything", true],
  ["v*", "v", true],
  ["v*", "dev", false],
  ["*-rc", "1-rc", true],
  ["*-rc", "1-rc2", false],
  ["a*c", "abbc", true],
  ["a*c", "acb", false],
  ["a*b*c", "axbxc", true],
  ["v1.0", "v1.0", true],
  ["v1.0", "v1x0", false],
  ["a-b", "a-b", true],
])("the filter %j matches %j: %s", (filter, tag, expected) => {
  expect(matchesFilter({ filterType: "WILDCARD", filter }, tag)).toBe(expected);
});

test.each<[TagMutability, boolean, boolean]>([
  ["MUTABLE", false, false],
  ["IMMUTABLE", true, true],
  ["MUTABLE_WITH_EXCLUSION", true, false],
  ["IMMUTABLE_WITH_EXCLUSION", false, true],
])("in a %s repository, dev-1 stays: %s, and v1 stays: %s", (tagMutability, dev, release) => {
  const exclusionFilters = [{ filterType: "WILDCARD" as const, filter: "dev-*" }];
  const repository = { tagMutability, exclusionFilters };
  expect(isTagImmutable(repository, "dev-1")).toBe(dev);
  expect(isTagImmutable(repository, "v1")).toBe(release);
});
