import type { Tree } from "../tree.js";
import type { Random } from "./random.js";

const NAMES = ["a", "b", "ab", "c.txt", "d.txt", "[x]", "e f", "ü"] as const;
const WILDCARDS = ["*", "?", "a*", "*.txt", "[ab]", "[^a]*", "\\a", "\\[x]", "**", "?b"] as const;

/** Makes a context with links of every sort, and a Dockerfile that copies some paths of it. */
export function makeCopyCase(random: Random): Tree {
  const tree: Record<string, Tree[string]> = {};
  const makePath = (): string => random.list(1, 3, () => random.pick(NAMES)).join("/");
  for (const name of random.list(4, 12, makePath)) {
    const clash = Object.keys(tree).some(
      (other) => `${other}/`.startsWith(`${name}/`) || `${name}/`.startsWith(`${other}/`),
    );
    if (!clash)
      tree[name] = random.once(2) ? { symlink: makeTarget(random, makePath()) } : "@nonce@";
  }
  const copies = random.list(2, 4, () => {
    const parts = random.pick(Object.keys(tree)).split("/");
    const kept = parts.slice(0, 1 + random.below(parts.length));
    const more = random.once(3) ? [...kept, random.pick(NAMES)] : kept;
    // A source with a wildcard may match nothing; without one the build would fail.
    const wild = random.below(more.length);
    const source = more.map((part, at) =>
      at === wild || random.once(4) ? random.pick(WILDCARDS) : part,
    );
    return source.join("/");
  });
  const lines = copies.map((source, at) => `COPY ${JSON.stringify([source, `/${at}/`])}\n`);
  return {
    ...tree,
    Dockerfile: `FROM scratch\nCOPY nonce /\n${lines.join("")}`,
    nonce: "@nonce@",
  };
}

function makeTarget(random: Random, name: string): string {
  const prefix = random.pick(["", "", "./", "../", "../../", "/", "../../../../", "//"]);
  return (
    prefix + random.pick([name, name, name.split("/")[0] ?? "", ".", `${name}/..`, `${name}/`])
  );
}
