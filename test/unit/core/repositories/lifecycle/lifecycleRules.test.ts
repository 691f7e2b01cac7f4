import { expect, it } from "vitest";
import { tryParseLifecycleRules } from "../../../../../src/core/repositories/lifecycle/lifecycleRules.js";

const select = (selection: object, more: object = {}): string =>
  JSON.stringify({ rules: [{ rulePriority: 1, selection, action: { type: "expire" }, ...more }] });

it("reads rules by priority, with prefixes as patterns", () => {
  const text = JSON.stringify({
    rules: [
      {
        rulePriority: 2,
        description: "Archive",
        selection: {
          tagStatus: "any",
          countType: "sinceImagePulled",
          countUnit: "days",
          countNumber: 90,
        },
        action: { type: "transition", targetStorageClass: "archive" },
      },
      {
        rulePriority: 1,
        selection: {
          tagStatus: "tagged",
          tagPrefixList: ["v1", "v2"],
          countType: "imageCountMoreThan",
          countNumber: 3,
        },
        action: { type: "expire" },
      },
    ],
  });
  expect(tryParseLifecycleRules(text)).toEqual([
    {
      priority: 1,
      description: undefined,
      tagStatus: "tagged",
      tagPatterns: ["v1*", "v2*"],
      isAboutArchive: false,
      count: { kind: "all-but-newest", images: 3 },
      action: "expire",
    },
    {
      priority: 2,
      description: "Archive",
      tagStatus: "any",
      tagPatterns: [],
      isAboutArchive: false,
      count: { kind: "older-than", days: 90, since: "pulled" },
      action: "archive",
    },
  ]);
});

it.each([
  ["sinceImagePushed", 7, { kind: "older-than", days: 7, since: "pushed" }],
  ["sinceImageTransitioned", 7, { kind: "older-than", days: 7, since: "archived" }],
  ["imageCountMoreThan", "7", { kind: "unknown", name: "imageCountMoreThan" }],
  ["toString", 7, { kind: "unknown", name: "toString" }],
  [undefined, 7, { kind: "unknown", name: "" }],
])("reads a count by %s", (countType, countNumber, expected) => {
  expect(tryParseLifecycleRules(select({ countType, countNumber }))?.[0]?.count).toEqual(expected);
});

it.each(["", "null", "[]", "{}", '{"rules":{}}'])("knows that %j is no policy", (text) => {
  expect(tryParseLifecycleRules(text)).toBeUndefined();
});

it("takes rules that make no sense for rules that say nothing", () => {
  expect(tryParseLifecycleRules('{"rules":[null,7,{"selection":[]}]}')).toHaveLength(3);
  const archived = select({ storageClass: "archive", tagStatus: 7, tagPatternList: ["a", 1] });
  expect(tryParseLifecycleRules(archived)?.[0]).toMatchObject({
    isAboutArchive: true,
    tagStatus: "",
    tagPatterns: ["a"],
  });
});
