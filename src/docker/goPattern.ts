import { toJavaScript } from "./goExpression.js";
import { compileStates, worstPower } from "./goPatternStates.js";
import { checkGoPattern } from "./goPatternSyntax.js";

/** A `RegExp` is many times faster for the patterns that people write; more than this may explode. */
const MAX_POWER = 2;

/** Tells whether one path (slashes, relative, no leading dot) matches a pattern. */
export type PathTest = (path: string) => boolean;

/**
 * Compiles one cleaned `.dockerignore` pattern, or throws an `Error` that says what is wrong.
 *
 * The rules are those of Docker's matcher, odd corners included: Go's `filepath.Match` decides what
 * is a pattern at all, and the pattern then becomes a Go regular expression, which fails when it is
 * first asked if it is none.
 * Source: https://github.com/moby/patternmatcher/blob/main/patternmatcher.go
 *
 * `escapes` is false on Windows, where a backslash separates folders instead.
 */
export function compileGoPattern(pattern: string, escapes: boolean): PathTest {
  checkGoPattern(pattern, escapes);
  const { kind, source } = translate(Array.from(pattern));
  switch (kind) {
    case "exact":
      return (path) => path === pattern;
    case "prefix": {
      const prefix = pattern.slice(0, -2);
      return (path) => path.startsWith(prefix);
    }
    case "suffix": {
      const suffix = pattern.slice(2);
      return (path) =>
        path.endsWith(suffix) || (suffix.startsWith("/") && path === suffix.slice(1));
    }
    case "expression": {
      let test: PathTest | undefined;
      return (path) => {
        // Docker compiles it when it first asks, so what it never asks may be wrong.
        test ??= compileExpression(source);
        return test(path);
      };
    }
  }
}

function compileExpression(source: string): PathTest {
  const rewritten = toJavaScript(source);
  // Go's dot takes all that ends a line but the line feed.
  const expression = new RegExp(rewritten.replaceAll(".*", "[^\\n]*"), "u");
  if (worstPower(rewritten) <= MAX_POWER) return (path) => expression.test(path);
  if (rewritten.includes("{")) throw new Error("it has too many stars beside a {");
  // What | divides holds anywhere in a path, but for what ^ and $ bind.
  const tests = rewritten.split("|").map((part) => compileStates(`.*${part}.*`));
  return (path) => tests.some((matches) => matches(path));
}

type Translation = { kind: "exact" | "prefix" | "suffix" | "expression"; source: string };

/** Builds the Go expression that Docker builds; plain shapes are compared without one. */
function translate(chars: readonly string[]): Translation {
  let kind: Translation["kind"] = "exact";
  let source = "^";
  for (let at = 0, token = 0; at < chars.length; token++) {
    const char = chars[at++] ?? "";
    if (char === "*" && chars[at] === "*") {
      at++;
      if (chars[at] === "/") at++;
      if (at < chars.length) {
        source += "(.*/)?";
        kind = "expression";
      } else if (kind === "exact") {
        kind = "prefix";
      } else {
        source += ".*";
        kind = "expression";
      }
      if (token === 0) kind = "suffix";
    } else if (char === "*" || char === "?") {
      source += char === "*" ? "[^/]*" : "[^/]";
      kind = "expression";
      // Docker means to escape | { and } too, but its table of them has no room above 63.
    } else if (".+()$".includes(char)) {
      source += `\\${char}`;
    } else if (char === "\\") {
      source += `\\${chars[at++] ?? ""}`;
      kind = "expression";
    } else {
      source += char;
      if (char === "[" || char === "]") kind = "expression";
    }
  }
  return { kind, source: `${source}$` };
}
