import { describe, expect, it } from "vitest";
import {
  findMatches,
  matchesFilter,
  tryParseNameFilter,
} from "../../../../src/core/repositories/nameFilter.js";

const filterOf = (text: string) => {
  const filter = tryParseNameFilter(text);
  if (!filter) throw new Error("the filter asks for nothing");
  return filter;
};

it.each(["", "  ", "\t"])("takes %j for no filter", (text) => {
  expect(tryParseNameFilter(text)).toBeUndefined();
});

describe("matchesFilter", () => {
  it.each([
    ["api", "team/api", true],
    ["API team", "team/api", true],
    ["team web", "team/api", false],
    ["/", "team/api", true],
    [".*", "team/api", false],
    ["m/a", "team/api", true],
  ])("of %j and %s is %s", (text, name, expected) => {
    expect(matchesFilter(filterOf(text), name)).toBe(expected);
  });
});

describe("findMatches", () => {
  it.each([
    ["api", "team/api", [[5, 8]]],
    [
      "api te",
      "team/api",
      [
        [0, 2],
        [5, 8],
      ],
    ],
    ["tea eam", "team/api", [[0, 4]]],
    ["web", "team/api", []],
  ])("of %j in %s", (text, name, expected) => {
    expect(findMatches(filterOf(text), name)).toEqual(expected);
  });
});
