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
  ["*.(x)+$", ["a.(x)+$"], ["a.x"]],
  // Only where nothing else makes an expression of it are these three read as they stand.
  ["?|b/?", ["ab", "a", "b/c", "xb/c"], [""]],
  ["**/*a*/x|*b*c*/d|e", ["a/x", "z/bab/xyz", "yb-c-/dy", "/e"], ["ca", "x", "b/c/d", "ex"]],
  ["?a{2}", ["xaa"], ["xa", "xa{2}", "xaaa"]],
  ["?{2,3}", ["ab", "abc"], ["a", "abcd"]],
  ["?{a}{02}{,3}", ["x{a}{02}{,3}"], ["xa"]],
  ["^{2}a*", ["a", "ab"], ["b"]],
  ["*\\x41\\x{2e}\\052\\n", ["A.*\n"], ["A"]],
  ["?\\Qa.b\\E?", ["xa\\.bx"], ["xa.bx"]],
  ["[[:alpha:]b]?", ["a]", "x]"], ["1]"]],
  ["[\\da-c]", ["5", "a"], ["d"]],
  // What is wrong behind a star that can't match is not seen, and may mean something all the same.
  ["a*/[]b]", ["a/]", "ax/b"], ["a/c"]],
  ["a*[b-]", ["a-", "axb"], ["a"]],
  ["a*\\", ["a$", "ab$"], ["a\\"]],
  ["**/a*", ["a\r/ab"], ["a\n/b"]],
  ["\\s?", [" x", "\tx"], ["\vx", "\u00a0x"]],
  ["a.c", ["a.c"], ["abc"]],
  ["a^b", ["a^b"], []],
];

describe("compileGoPattern", () => {
  it.each(CASES)("%s", (pattern, matching, others) => {
    const matches = compileGoPattern(pattern, true);
    expect(matching.filter((path) => !matches(path))).toEqual([]);
    expect(others.filter(matches)).toEqual([]);
  });

  it.each(["[", "[]", "[a", "[]a]", "[-a]", "[a-]", "[^]", "[a-", "a\\", "[\\", "a["])(
    "refuses %s",
    (pattern) => {
      expect(() => compileGoPattern(pattern, true)).toThrow();
    },
  );

  it.each([
    "[z-a]",
    "\\y",
    "\\文",
    "*{2}",
    "\\x4",
    "?{1001}",
    "a*[b",
    "?{3,2}",
    "[[:name:]*",
    "\\8",
    "?|{2}",
  ])("refuses %s as soon as a path is matched with it", (pattern) => {
    const matches = compileGoPattern(pattern, true);
    expect(() => matches("path")).toThrow();
  });
});

describe("a pattern that is made to take forever", () => {
  it.each([
    ["stars in a name", `${"*a".repeat(40)}b`, "a".repeat(250)],
    ["stars over folders", `${"**/a*/".repeat(40)}b`, `${"aa/".repeat(80)}c`],
    ["stars in each folder", `${"*a*/".repeat(40)}b`, `${"aaaa/".repeat(40)}c`],
    ["stars in a row", `${"**".repeat(300)}b`, "a/".repeat(200)],
    ["stars and classes", `${"*[a-c]*".repeat(30)}d`, "abc".repeat(80)],
    ["stars at the end", `**/${"*x".repeat(20)}/**`, `${"x".repeat(200)}/y\n`],
  ])("is quickly found not to match: %s", (_what, pattern, path) => {
    const matches = compileGoPattern(pattern, true);
    expect(matches(path)).toBe(false);
    expect(matches(path.repeat(16).slice(0, 4096))).toBe(false);
  });

  it("still matches what it should", () => {
    expect(compileGoPattern(`${"*a".repeat(40)}b`, true)(`${"a".repeat(200)}b`)).toBe(true);
    expect(compileGoPattern("**/a*/**/*b*c", true)("x/ay/z/.b.c")).toBe(true);
    expect(compileGoPattern("**/*文?*[🐳]*", true)("ünï/a文🐳🐳b")).toBe(true);
    expect(compileGoPattern("**/*a*\\b", true)("a")).toBe(true);
  });
});
