import { describe, expect, it } from "vitest";
import {
  findPolicyProblems,
  MAX_POLICY_CHARACTERS,
} from "../../../../../src/core/repositories/lifecycle/findPolicyProblems.js";
import { STARTER_POLICY } from "../../../../../src/core/repositories/lifecycle/starterPolicy.js";
import { parseLifecyclePolicy } from "../../../../localEcr/lifecyclePolicy.js";

const rule = (rulePriority: unknown, tagStatus = "untagged", more: object = {}): object => ({
  rulePriority,
  description: 'says "rulePriority": 7',
  selection: { tagStatus, ...more },
});
const policy = (...rules: readonly unknown[]): string => JSON.stringify({ rules }, undefined, 1);

function problems(text: string): readonly string[] {
  return findPolicyProblems(text).map(
    ({ problem, start, end }) => `${problem} at ${text.slice(start, end).slice(0, 20)}`,
  );
}

describe("findPolicyProblems", () => {
  it.each([
    ["rules in order", policy(rule(1), rule(2), rule(9, "any")), []],
    ["a priority twice", policy(rule(3), rule(3)), ['priority-twice at "rulePriority": 3']],
    ["any before others", policy(rule(1, "any"), rule(2)), ['any-not-last at "rulePriority": 1']],
    ["any first in the text alone", policy(rule(9, "any"), rule(2)), []],
    ["any of archived images", policy(rule(1, "any", { storageClass: "archive" }), rule(2)), []],
    ["no JSON", "{", []],
    ["no policy", "null", []],
    ["no rules", '{"rules":7}', []],
    ["a rule without a number", policy(rule("1"), rule(1)), []],
    ["what is no rule", policy(null, rule(1), rule(1)), ['priority-twice at "rulePriority": 1']],
  ])("knows %s", (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it("knows a text that is too long", () => {
    const long = policy(rule(1)) + " ".repeat(MAX_POLICY_CHARACTERS);
    expect(problems(long)).toEqual([`too-long at ${" ".repeat(20)}`]);
  });
});

describe("the policy to begin with", () => {
  it("is one that ECR takes, without a problem", () => {
    expect(findPolicyProblems(STARTER_POLICY)).toEqual([]);
    expect(parseLifecyclePolicy(STARTER_POLICY)).toHaveLength(2);
  });
});
