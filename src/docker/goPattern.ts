import { compileStates, worstPower } from "./goPatternStates.js";

/** A `RegExp` is many times faster for the patterns that people write; more than this may explode. */
const MAX_POWER = 2;

/** Tells whether one path (slashes, relative, no leading dot) matches a pattern. */
export type PathTest = (path: string) => boolean;

/**
 * Compiles one cleaned `.dockerignore` pattern, or throws an `Error` that says what is wrong.
 *
 * The rules are those of Docker's matcher, odd corners included: Go's `filepath.Match` decides what
 * is a pattern at all, and the pattern then becomes a Go regular expression.
 * Source: https://github.com/moby/patternmatcher/blob/main/patternmatcher.go
 *
 * `escapes` is false on Windows, where a backslash separates folders instead.
 */
export function compileGoPattern(pattern: string, escapes: boolean): PathTest {
  checkSyntax(Array.from(pattern), escapes);
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
      const rewritten = toJavaScript(Array.from(source));
      // Compiled either way, as that finds what is wrong with it.
      const expression = new RegExp(rewritten, "u");
      if (worstPower(rewritten) > MAX_POWER) return compileStates(rewritten);
      return (path) => expression.test(path);
    }
  }
}

/** Checks what Go's `filepath.Match` checks: https://pkg.go.dev/path/filepath#Match */
function checkSyntax(chars: readonly string[], escapes: boolean): void {
  let at = 0;
  const takeClassChar = (): void => {
    if (chars[at] === "-" || chars[at] === "]") throw new Error(`unexpected ${chars[at] ?? ""}`);
    if (escapes && chars[at] === "\\") at++;
    if (at >= chars.length) throw new Error("[ without ]");
    at++;
    if (at >= chars.length) throw new Error("[ without ]");
  };
  while (at < chars.length) {
    const char = chars[at++];
    if (char === "\\" && escapes) {
      if (at >= chars.length) throw new Error("nothing after the last backslash");
      at++;
    } else if (char === "[") {
      if (chars[at] === "^") at++;
      do {
        takeClassChar();
        if (chars[at] === "-") {
          at++;
          takeClassChar();
        }
      } while (chars[at] !== "]");
      at++;
    }
  }
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
    } else if (".+()|{}$".includes(char)) {
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

/** Rewrites a Go expression as a JavaScript one: https://github.com/google/re2/wiki/Syntax */
function toJavaScript(chars: readonly string[]): string {
  let result = "";
  let inClass = false;
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] ?? "";
    if (char === "\\") {
      result += toJavaScriptEscape(chars[++at] ?? "");
    } else if (!inClass && char === "[") {
      inClass = true;
      result += char;
      if (chars[at + 1] === "^") result += chars[++at] ?? "";
      if (chars[at + 1] === "]") result += `\\${chars[++at] ?? ""}`;
    } else if (char === "]") {
      result += inClass ? char : "\\]";
      inClass = false;
    } else {
      result += inClass && char === "[" ? "\\[" : char;
    }
  }
  return result;
}

function toJavaScriptEscape(char: string): string {
  if (/[dDsSwWbBtnrfv]/.test(char)) return `\\${char}`;
  if (char === "a") return "\\x07";
  if (char === "A") return "^";
  if (char === "z") return "$";
  if (/[A-Za-z0-9]/.test(char)) throw new Error(`\\${char} has no meaning`);
  return /[$^\\.*+?()[\]{}|/-]/.test(char) ? (char === "-" ? "\\x2d" : `\\${char}`) : char;
}
