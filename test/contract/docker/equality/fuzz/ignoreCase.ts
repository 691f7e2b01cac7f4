import type { Tree } from "../tree.js";
import type { Random } from "./random.js";

/** A context and its ignore file. */
export interface IgnoreCase {
  readonly tree: Tree;
  readonly rules: string;
}

/** Few names, so that rules meet them; some of them hold what rules read as something else. */
const NAMES = [
  ...["a", "b", "ab", "abc", "a.b", "c.txt", "d.txt", "B", ".x", "a b", "b-", "x^", "tmp"],
  ...[
    "ü",
    "文",
    "😀",
    "[a]",
    "*",
    "a*",
    "?",
    "{a}",
    "(a)",
    "a+b",
    "$a",
    "a|b",
    "back\\slash",
    "#a",
  ],
  ...["!a", "..a", "a..", "-"],
] as const;

const WILDCARDS = [
  ...["*", "**", "?", "??", "a*", "*b", "*.txt", "?b", "a?c", "**b", "a**", "***", "*a*", "a**b"],
  ...["[ab]", "[a-c]", "[^a]", "[^a-c]*", "[a-]", "[]a]", "[a]", "*[.]*", "[ü文]", "[!a]", "[\\]]"],
  ...["\\a", "\\*", "\\[a\\]", "\\?", "a\\*", "back\\\\slash", "[\\a-b]", "[\\*]", "\\😀", "[😀]"],
  ...["\\d", "\\w*", "\\S", "[\\d]", ".*", "a.?", "x^", "^a", "a$", "[[]a]", "[a^]", "[x[]"],
] as const;

/** Makes a context of a few files in a few folders, with rules that mostly concern them. */
export function makeIgnoreCase(random: Random): IgnoreCase {
  const files = random.list(3, 14, () => {
    const folders = random.list(0, 3, () => random.pick(NAMES.slice(0, random.pick([3, 5, 33]))));
    return [...folders, random.pick(NAMES.slice(0, random.pick([6, 12, 33])))].join("/");
  });
  const tree: Record<string, Tree[string]> = {};
  for (const file of files) {
    // What is a file already can't be a folder, and the other way round.
    const clash = Object.keys(tree).some(
      (other) => `${other}/`.startsWith(`${file}/`) || `${file}/`.startsWith(`${other}/`),
    );
    if (clash) continue;
    tree[file] = random.once(8)
      ? { folder: 0o755 }
      : random.once(10)
        ? { symlink: random.pick(NAMES) }
        : "";
  }
  const lines = random.list(1, 7, () => makeLine(random, Object.keys(tree)));
  const rules = lines.join(random.once(12) ? "\r\n" : "\n");
  return { tree, rules: (random.once(15) ? "\uFEFF" : "") + rules };
}

function makeLine(random: Random, files: readonly string[]): string {
  if (random.once(25)) return random.pick(["", "  ", "# note", " # no note", "#a", "/", ".", "./"]);
  let pattern = makePattern(random, files);
  if (random.once(12)) pattern = `/${pattern}`;
  if (random.once(15)) pattern = `./${pattern}`;
  if (random.once(8)) pattern += "/";
  if (random.once(20)) pattern += random.pick(["/.", "//", "/..", "/../a", "/**", "/*"]);
  if (random.once(3)) pattern = `!${random.once(10) ? " " : ""}${pattern}`;
  if (random.once(20)) pattern = `${random.pick([" ", "\t"])}${pattern} `;
  return pattern;
}

function makePattern(random: Random, files: readonly string[]): string {
  const parts = random.once(3)
    ? random.list(1, 4, () => random.pick(NAMES))
    : random.pick(files.length > 0 ? files : ["a"]).split("/");
  const kept = parts.slice(0, 1 + random.below(parts.length));
  const changed = kept.map((part) =>
    random.once(3) ? random.pick(WILDCARDS.slice(0, random.pick([14, 14, 52]))) : part,
  );
  if (random.once(6)) changed.splice(random.below(changed.length + 1), 0, "**");
  return changed.join("/");
}
