import { expect, it } from "vitest";
import { hasCriterion } from "../../../../../src/core/changes/cleanUp/criteria.js";

const nothing = {
  isUntaggedOnly: false,
  olderThanDays: undefined,
  notPulledForDays: undefined,
  keepNewest: 0,
  keepTags: ["v*"],
};

it.each([
  ["nothing but kept tags", {}, false],
  ["untagged only", { isUntaggedOnly: true }, true],
  ["older than a day", { olderThanDays: 1 }, true],
  ["not pulled for a day", { notPulledForDays: 1 }, true],
  ["keep the newest", { keepNewest: 1 }, true],
])("tells whether a clean-up goes by anything: %s", (_, more, expected) => {
  expect(hasCriterion({ ...nothing, ...more })).toBe(expected);
});
