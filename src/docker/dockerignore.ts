import path from "node:path";
import { compileGoPattern, type PathTest } from "./goPattern.js";

/** One rule of an ignore file. */
export interface IgnoreRule {
  /** The cleaned pattern without its `!`. */
  readonly pattern: string;
  /** True for `!` rules, which include again what an earlier rule ignored. */
  readonly includes: boolean;
  readonly matches: PathTest;
}

/** What each rule said of a folder, in rule order; children start from it. */
export type RuleMatches = readonly boolean[];

/** How far `!` rules reach into an ignored folder; the two builders of Docker differ. */
export type Reinclusion =
  /** The classic client: only where the pattern, read as plain text, lies below the folder. */
  | "literal"
  /** BuildKit: a pattern with wildcards may lie anywhere. */
  | "wildcard";

/** An ignore file's line that is no pattern; `line` counts from 1. */
export class IgnoreSyntaxError extends Error {
  override readonly name = "IgnoreSyntaxError";

  constructor(
    readonly line: number,
    pattern: string,
    options: { cause: unknown },
  ) {
    super(`line ${line}: the pattern is not valid: ${pattern}`, options);
  }
}

/**
 * Parses the text of a `.dockerignore`; throws `IgnoreSyntaxError`, or what `fail` makes of it.
 *
 * Docker sees some mistakes only when a rule is first asked; so does this, and the rule then throws.
 *
 * Sources: https://docs.docker.com/build/concepts/context/#dockerignore-files and
 * https://github.com/moby/patternmatcher/blob/main/ignorefile/ignorefile.go
 */
export function parseDockerignore(
  text: string,
  platform: NodeJS.Platform = process.platform,
  fail: (error: IgnoreSyntaxError) => Error = (error) => error,
): IgnoreRules {
  const windows = platform === "win32";
  const rules: IgnoreRule[] = [];
  text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .forEach((raw, index) => {
      const pattern = raw.startsWith("#") ? "" : raw.trim();
      if (pattern === "") return;
      const explain = (cause: unknown): Error =>
        fail(new IgnoreSyntaxError(index + 1, pattern, { cause }));
      const line = windows ? pattern.replaceAll("\\", "/") : pattern;
      rules.push(explainFailures(() => parseRule(line, !windows), explain));
    });
  return new IgnoreRules(rules);
}

/**
 * Compiles patterns that somebody has read from an ignore file already, such as BuildKit.
 *
 * Throws an `Error` that names the pattern which is not valid.
 * Source: https://github.com/moby/patternmatcher/blob/main/patternmatcher.go
 */
export function parsePatterns(
  patterns: readonly string[],
  platform: NodeJS.Platform = process.platform,
): IgnoreRules {
  const windows = platform === "win32";
  const trimmed = patterns.map((pattern) => pattern.trim()).filter((pattern) => pattern !== "");
  const rules = trimmed.map((pattern) => {
    const line = windows ? pattern.replaceAll("\\", "/") : pattern;
    return explainFailures(
      () => compileRule(line, !windows),
      (cause) => new Error(`the pattern is not valid: ${pattern}`, { cause }),
    );
  });
  return new IgnoreRules(rules);
}

/** The rules of one ignore file, asked path by path; the last rule that matches decides. */
export class IgnoreRules {
  readonly #reincludes: boolean;
  /** Which of the two sorts of rules, by their `includes`, have one with wildcards. */
  readonly #wildcards: ReadonlySet<boolean>;

  constructor(readonly rules: readonly IgnoreRule[]) {
    this.#reincludes = rules.some((rule) => rule.includes);
    this.#wildcards = new Set(
      rules.filter((rule) => hasWildcard(rule.pattern)).map((rule) => rule.includes),
    );
  }

  /**
   * Tells whether a path is ignored; `parent` is what the same call returned for its folder.
   *
   * A rule that matched a folder holds for everything below it. Paths use slashes and are relative
   * to the context.
   */
  match(file: string, parent?: RuleMatches): { ignored: boolean; matches: RuleMatches } {
    let ignored = false;
    const matches = this.rules.map((rule, index) => {
      let match = parent?.[index] ?? false;
      if (!match && rule.includes === ignored) {
        match = rule.matches(file) || (!parent && ancestors(file).some(rule.matches));
      }
      if (match) ignored = !rule.includes;
      return match;
    });
    return { ignored, matches };
  }

  /** Tells whether a path that holds no others is ignored; `parent` is its folder's answer. */
  ignores(file: string, parent: RuleMatches): boolean {
    let ignored = false;
    for (const [index, rule] of this.rules.entries()) {
      // Only what may change the answer is asked, which also tells which mistakes count.
      const match = parent[index] === true || (rule.includes === ignored && rule.matches(file));
      if (match) ignored = !rule.includes;
    }
    return ignored;
  }

  /** Tells whether a `!` rule may include something below an ignored folder again. */
  mayIncludeBelow(folder: string, reach: Reinclusion): boolean {
    return this.#reincludes && this.#reaches(folder, reach, true);
  }

  /** Tells whether a rule without `!` may match something below a folder that none matches. */
  mayMatchBelow(folder: string): boolean {
    return this.#reaches(folder, "wildcard", false);
  }

  #reaches(folder: string, reach: Reinclusion, includes: boolean): boolean {
    if (reach === "wildcard" && this.#wildcards.has(includes)) return true;
    return this.rules.some((rule) => {
      if (rule.includes !== includes) return false;
      const pattern = reach === "wildcard" ? withoutTrailingGlob(rule.pattern) : rule.pattern;
      return `${pattern}/`.startsWith(`${folder}/`);
    });
  }
}

/** Says which rule is wrong, whether it is seen at once or when the rule is first asked. */
function explainFailures(
  makeRule: () => IgnoreRule,
  explain: (cause: unknown) => Error,
): IgnoreRule {
  try {
    const rule = makeRule();
    const matches: PathTest = (file) => {
      try {
        return rule.matches(file);
      } catch (error) {
        throw explain(error);
      }
    };
    return { ...rule, matches };
  } catch (error) {
    throw explain(error);
  }
}

function parseRule(line: string, escapes: boolean): IgnoreRule {
  const negated = line.startsWith("!");
  const body = negated ? line.slice(1).trim() : line;
  let pattern = body === "" ? "" : clean(body);
  if (pattern.length > 1 && pattern.startsWith("/")) pattern = pattern.slice(1);
  // A pattern such as `/!name` becomes a `!` rule below, as it does in Docker.
  return compileRule(negated ? `!${pattern}` : pattern, escapes);
}

function compileRule(line: string, escapes: boolean): IgnoreRule {
  const text = clean(line);
  if (text === "!") throw new Error("nothing follows the !");
  const includes = text.startsWith("!");
  const pattern = includes ? text.slice(1) : text;
  return { pattern, includes, matches: compileGoPattern(pattern, escapes) };
}

/** Go's `filepath.Clean`, which drops the trailing slash too. */
function clean(pattern: string): string {
  const normal = path.posix.normalize(pattern);
  return normal.length > 1 ? normal.replace(/\/$/, "") : normal;
}

function ancestors(file: string): string[] {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

/** `a/**` reaches into `a` only: https://github.com/tonistiigi/fsutil/blob/master/filter.go */
function withoutTrailingGlob(pattern: string): string {
  return pattern.replace(/\/\*\*$/, "").replace(/\/\*$/, "");
}

function hasWildcard(pattern: string): boolean {
  return /[*[\]?^\\]/.test(withoutTrailingGlob(pattern));
}
