import { describe, expect, it } from "vitest";
import { compileGoPattern } from "../../../src/docker/goPattern.js";

/** Pattern, paths that match, paths that do not. */
const CASES: readonly [string, string[], string[]][] = [
  ["name", ["name"], ["names", "a/name", "nam"]],
  ["a/b", ["a/b"], ["a", "a/b/c", "x/a/b"]],
  ["*", ["a", ".a", "ünï"], ["a/b"]],
  ["*.go", [".go", "x.go"], ["x.gox", "a/x.go"]],
  ["a*c", ["ac", "abbc"], ["a/c", "abcd"]],
  ["a/*/c", ["a/b/c"], ["a/c", "a/b/b/c"]],
  ["?", ["a", "文", "🐳"], ["ab", "/"]],
  ["[a-c]x", ["ax", "cx"], ["dx", "x"]],
  ["[^a-c]x", ["dx", "-x"], ["ax"]],
  ["[a\\]]", ["a", "]"], ["\\"]],
  ["[\\-z]", ["-", "z"], ["y"]],
  ["a]", ["a]"], ["a"]],
  ["\\*", ["*"], ["a", "\\*"]],
  ["a\\bc", [], ["abc"]],
  ["\\d", ["5"], ["d"]],
  ["**", ["a", "a/b", ".x"], []],
  ["**/x", ["x", "a/x", "a/b/x"], ["x/a", "ax"]],
  ["**x", ["x", "ax", "a/bx"], ["xa"]],
  ["**/*.md", ["a.md", "a/b.md"], ["a.mdx"]],
  ["a/**", ["a/b", "a/b/c"], ["a", "ab"]],
  ["a**", ["a", "ab", "a/b"], ["b"]],
  ["a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["ab", "a/bb", "a/x"]],
  ["a/**/b/**", ["a/b/c", "a/x/b/c/d"], ["a/b", "b/c"]],
  ["**/a/*/b", ["a/x/b", "y/a/x/b"], ["a/b"]],
  [".(x)+{1}|$", [".(x)+{1}|$"], ["ax"]],
  ["a.c", ["a.c"], ["abc"]],
  ["a^b", ["a^b"], []],
];

describe("compileGoPattern", () => {
  it.each(CASES)("%s", (pattern, matching, others) => {
    const matches = compileGoPattern(pattern, true);
    expect(matching.filter((path) => !matches(path))).toEqual([]);
    expect(others.filter(matches)).toEqual([]);
  });

  it.each([
    "[",
    "[]",
    "[a",
    "[]a]",
    "[-a]",
    "[a-]",
    "[^]",
    "[a-",
    "a\\",
    "[\\",
    "a[",
    "[z-a]",
    "\\y",
  ])("refuses %s", (pattern) => {
    expect(() => compileGoPattern(pattern, true)).toThrow();
  });
});
