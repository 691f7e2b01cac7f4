import { describe, expect, it } from "vitest";
import { addIgnoreLines, ignoreLine } from "../../../../src/core/context/ignoreFile.js";
import { parseDockerignore } from "../../../../src/docker/dockerignore.js";

describe("adding lines to an ignore file", () => {
  it.each([
    ["begins a file", "", [".env"], ".env\n"],
    ["stands at the end", "a\n", [".env", "b"], "a\n.env\nb\n"],
    ["ends a line that has no end", "a", [".env"], "a\n.env\n"],
    ["keeps line ends of Windows", "a\r\nb", [".env", "c"], "a\r\nb\r\n.env\r\nc\r\n"],
    ["keeps the mark of UTF-8", "\uFEFFa\n", [".env"], "\uFEFFa\n.env\n"],
    ["begins after a lone mark", "\uFEFF", [".env"], "\uFEFF.env\n"],
    ["keeps comments and empty lines", "# a\n\n  \nb\n", ["c"], "# a\n\n  \nb\nc\n"],
    ["does not take a comment for a line", "# .env\n#.env\n", [".env"], "# .env\n#.env\n.env\n"],
    ["repeats nothing", "x\n.env\n", [".env"], "x\n.env\n"],
    ["repeats nothing without an end", "x\n.env", [".env"], "x\n.env"],
    ["repeats nothing written otherwise", "/data/ \r\n", ["data"], "/data/ \r\n"],
    ["repeats nothing after a mark", "\uFEFF./data\n", ["data"], "\uFEFF./data\n"],
    ["adds a line once", "", ["a", "a"], "a\n"],
    ["is not undone", "*\n!src\n", ["src/.env"], "*\n!src\nsrc/.env\n"],
    ["moves what is undone", "a\n.env\n!.env\nb\n", [".env"], "a\n!.env\nb\n.env\n"],
    ["moves a first line, not its mark", "\uFEFFa\n!a\n", ["a"], "\uFEFF!a\na\n"],
    ["leaves what nothing undoes", "!x\n.env\n", [".env"], "!x\n.env\n"],
    ["tells a pattern from a path", "**/.env\n", [".env"], "**/.env\n.env\n"],
  ])("%s", (_, text, lines, expected) => {
    expect(addIgnoreLines(text, lines)).toBe(expected);
    expect(addIgnoreLines(expected, lines)).toBe(expected);
  });
});

describe("the line for a path", () => {
  const odd = ["a*b", "a?b", "[x]", "a\\b", "a^b*", "#x", "!x", " x", "x ", "a\nb", "ü/日本 x"];

  it.each(odd)("ignores %j, and not another", (name) => {
    const rules = parseDockerignore(`${ignoreLine(name, false)}\n`, "linux");
    expect(rules.match(name).ignored).toBe(true);
    expect(rules.match(`${name}/below`).ignored).toBe(true);
    expect(rules.match("other").ignored).toBe(false);
    expect(rules.match(`${name}y`).ignored).toBe(false);
  });

  it.each(odd.filter((name) => !/[\\*?\n]/.test(name)))("ignores %j on Windows", (name) => {
    const rules = parseDockerignore(`${ignoreLine(name, true)}\n`, "win32");
    expect(rules.match(name).ignored).toBe(true);
    expect(rules.match("other").ignored).toBe(false);
  });

  it("is the path where nothing is special", () => {
    expect(ignoreLine("a b/.env.local+(1){x}", false)).toBe("a b/.env.local+(1){x}");
  });
});
