import { describe, expect, test } from "vitest";
import { parseLifecyclePolicy } from "../../localEcr/lifecyclePolicy.js";

const selection = { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 5 };

function policy(...rules: object[]): string {
  return JSON.stringify({ rules }).padEnd(100);
}

function rule(changed: object = {}, rulePriority: unknown = 1): object {
  return {
    rulePriority,
    selection: { ...selection, ...changed },
    action: { type: "expire" },
  };
}

describe("parseLifecyclePolicy", () => {
  test("rules come back by priority", () => {
    const tagged = { tagStatus: "tagged", tagPrefixList: ["dev"] };
    const rules = parseLifecyclePolicy(policy(rule({}, 9), rule(tagged, 2)));
    expect(rules).toEqual([
      {
        priority: 2,
        tagStatus: "tagged",
        tagPatterns: ["dev*"],
        storageClass: "STANDARD",
        count: { kind: "more-than", images: 5 },
        action: "EXPIRE",
      },
      {
        priority: 9,
        tagStatus: "any",
        tagPatterns: [],
        storageClass: "STANDARD",
        count: { kind: "more-than", images: 5 },
        action: "EXPIRE",
      },
    ]);
  });

  test.each<[string, string]>([
    ["{}", "greater than or equal to 100"],
    ["x".repeat(30_721), "less than or equal to 30720"],
    ["not json".padEnd(100), "not valid JSON"],
    [JSON.stringify({}).padEnd(100), "rules"],
    [policy(rule({}, 1), rule({}, 1)), "unique"],
    [policy(rule({}, 0)), "rulePriority"],
    [policy(rule({ tagStatus: "tagged" })), "tagPrefixList or tagPatternList is required"],
    [policy(rule({ tagPrefixList: ["a"] })), "can't be used when tagStatus is any"],
    [policy(rule({ tagStatus: "none" })), "tagStatus"],
    [policy(rule({ countType: "sinceImagePushed" })), "countUnit is required"],
    [policy(rule({ countUnit: "days" })), "countUnit can't be used"],
    [policy(rule({ countNumber: 0 })), "countNumber"],
    [policy(rule({}, 1), rule({ tagStatus: "untagged" }, 2)), "highest rulePriority"],
    [policy({ rulePriority: 1, selection }), "action"],
  ])("a broken policy is refused: %#", (text, reason) => {
    expect(() => parseLifecyclePolicy(text)).toThrow(reason);
  });
});
