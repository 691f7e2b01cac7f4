import { describe, expect, it } from "vitest";
import {
  IgnoreSyntaxError,
  parseDockerignore,
  parsePatterns,
} from "../../../src/docker/dockerignore.js";

function ignored(text: string, ...paths: string[]): string[] {
  const rules = parseDockerignore(text, "linux");
  return paths.filter((path) => rules.match(path).ignored);
}

describe("parseDockerignore", () => {
  it("cleans patterns as Docker does", () => {
    const text = "\uFEFF# note\r\n\r\n  /a/ \r\n./b//c/../d\n ! /e/ \n!\tf\n#g\n # h\n";
    const rules = parseDockerignore(text, "linux").rules;
    expect(rules.map(({ pattern, includes }) => `${includes ? "!" : ""}${pattern}`)).toEqual([
      "a",
      "b/d",
      "!e",
      "!f",
      "# h",
    ]);
  });

  it("reads backslashes as slashes on Windows, where they escape nothing", () => {
    const rules = parseDockerignore("a\\b\\*.txt\n", "win32");
    expect(rules.match("a/b/x.txt").ignored).toBe(true);
    expect(parseDockerignore("a\\*\n", "linux").match("a/b").ignored).toBe(false);
  });

  it.each([
    ["a\n[\n", 2, "["],
    ["!\n", 1, "!"],
    ["a\n\n! \n", 3, "!"],
    ["b\\\n", 1, "b\\"],
  ])("names the line that is not valid in %j", (text, line, pattern) => {
    expect(() => parseDockerignore(text, "linux")).toThrow(
      expect.objectContaining({
        name: IgnoreSyntaxError.name,
        line,
        message: `line ${line}: the pattern is not valid: ${pattern}`,
      }),
    );
  });
});

describe("IgnoreRules.match", () => {
  it("ignores what lies below an ignored folder", () => {
    expect(ignored("a\n", "a", "a/b", "a/b/c", "ab")).toEqual(["a", "a/b", "a/b/c"]);
  });

  it("lets the last rule that matches decide", () => {
    expect(ignored("*.md\n!README.md\n", "a.md", "README.md")).toEqual(["a.md"]);
    expect(ignored("!README.md\n*.md\n", "a.md", "README.md")).toEqual(["a.md", "README.md"]);
    expect(ignored("a\n!a/b\na/b/c\n", "a/x", "a/b", "a/b/x", "a/b/c")).toEqual(["a/x", "a/b/c"]);
  });

  it("never ignores the context itself", () => {
    expect(ignored(".\n/\n", "a", "a/b")).toEqual([]);
  });

  it("gives the same answer folder by folder as for a whole path", () => {
    const texts = [
      "a\n!a/b\na/b/c\n",
      "*\n!b\nb/*.log\n!b/k.log\n",
      "**/x\n!a/**/x\n",
      "a/*\n!a/b\n",
    ];
    const paths = ["a/b/c/d", "b/k.log", "b/z.log", "a/y/x", "a/b/c/x", "q/x/y"];
    for (const text of texts) {
      const rules = parseDockerignore(text, "linux");
      for (const path of paths) {
        const parts = path.split("/");
        let step = rules.match(parts[0] ?? "");
        for (let end = 2; end <= parts.length; end++) {
          step = rules.match(parts.slice(0, end).join("/"), step.matches);
        }
        expect([text, path, step.ignored]).toEqual([text, path, rules.match(path).ignored]);
      }
    }
  });
});

describe("IgnoreRules.mayIncludeBelow", () => {
  it("is false without a rule that includes again", () => {
    expect(parseDockerignore("a\n", "linux").mayIncludeBelow("a", "wildcard")).toBe(false);
  });

  it("follows plain patterns below the folder", () => {
    const rules = parseDockerignore("*\n!a/b/c\n", "linux");
    expect(rules.mayIncludeBelow("a", "literal")).toBe(true);
    expect(rules.mayIncludeBelow("a/b", "literal")).toBe(true);
    expect(rules.mayIncludeBelow("a/bb", "literal")).toBe(false);
    expect(rules.mayIncludeBelow("b", "wildcard")).toBe(false);
  });

  it("follows wildcards anywhere only where BuildKit would", () => {
    const rules = parseDockerignore("docs\n!**/*.md\n", "linux");
    expect(rules.mayIncludeBelow("docs", "literal")).toBe(false);
    expect(rules.mayIncludeBelow("docs", "wildcard")).toBe(true);
    const folder = parseDockerignore("*\n!a/**\n", "linux");
    expect(folder.mayIncludeBelow("a", "wildcard")).toBe(true);
    expect(folder.mayIncludeBelow("b", "wildcard")).toBe(false);
  });
});

describe("parsePatterns", () => {
  it("cleans patterns that are no lines of a file", () => {
    const { rules } = parsePatterns([" a/../b/ ", "", "#c", "!d/", "/e"], "linux");
    expect(rules.map((rule) => [rule.pattern, rule.includes])).toEqual([
      ["b", false],
      ["#c", false],
      ["d", true],
      ["/e", false],
    ]);
    expect(parsePatterns(["a\\b"], "win32").match("a/b").ignored).toBe(true);
  });

  it.each(["[", "!", "a\\"])("names the pattern that is not valid: %s", (pattern) => {
    expect(() => parsePatterns(["ok", pattern], "linux")).toThrow(
      `the pattern is not valid: ${pattern}`,
    );
  });
});

describe("IgnoreRules.ignores", () => {
  it("says of every file what match says", () => {
    const patterns = ["a", "!a", "a/*", "!a/b", "a/b/**", "!**/c", "*", "!a/b/c"];
    const names = ["a", "b", "c"];
    const lists = patterns.flatMap((one) =>
      patterns.flatMap((two) => patterns.map((three) => [one, two, three])),
    );
    for (const list of lists) {
      const rules = parsePatterns(list, "linux");
      for (const folder of names) {
        const outer = rules.match(folder).matches;
        for (const name of names) {
          const file = `${folder}/${name}`;
          const inner = rules.match(file, outer);
          expect(rules.ignores(file, outer), `${list.join(" ")}: ${file}`).toBe(inner.ignored);
          for (const leaf of names) {
            const deep = `${file}/${leaf}`;
            const { ignored: expected } = rules.match(deep, inner.matches);
            expect(rules.ignores(deep, inner.matches), `${list.join(" ")}: ${deep}`).toBe(expected);
          }
        }
      }
    }
  });
});

describe("IgnoreRules.mayMatchBelow", () => {
  it("follows plain patterns down, and wildcards anywhere", () => {
    const plain = parsePatterns(["a/b/c", "d/**", "!x/*"], "linux");
    expect(["a", "a/b", "d", "a/bb", "b", "x"].map((name) => plain.mayMatchBelow(name))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(parsePatterns(["a/*/c"], "linux").mayMatchBelow("b")).toBe(true);
  });
});
