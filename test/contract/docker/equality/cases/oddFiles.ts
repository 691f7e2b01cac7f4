import type { EqualityCase } from "../equalityCase.js";
import type { Tree } from "../tree.js";

/** Contexts of everything that a file system holds. */
export const oddFiles: readonly EqualityCase[] = [
  odd("modes", {
    "set-user": { file: "@nonce@", mode: 0o4755 },
    "set-group": { file: "g", mode: 0o2755 },
    "both-and-sticky": { file: "s", mode: 0o7777 },
    private: { file: "p", mode: 0o600 },
    nothing: { file: "n", mode: 0o000 },
    shared: { folder: 0o1777 },
    "group-folder": { folder: 0o2750 },
    "read-only/file": { file: "r", mode: 0o444 },
    "read-only": { folder: 0o555 },
  }),
  odd("links, symbolic and hard", {
    "z/original": "@nonce@",
    "a/first": { hardLink: "z/original" },
    "m/second": { hardLink: "z/original" },
    relative: { symlink: "z/original" },
    up: { symlink: "../outside" },
    absolute: { symlink: "/etc/passwd" },
    dangling: { symlink: "nowhere/to be found" },
    loop: { symlink: "loop" },
    folder: { symlink: "z" },
    self: { symlink: "." },
    long: { symlink: "x/".repeat(400) },
    script: { symlink: "文件/ünïcödé 😀" },
    old: { symlink: "z", modifiedAt: 1_000_000 },
  }),
  odd("hard links of which the first is ignored", {
    "a-first": "@nonce@",
    "b-second": { hardLink: "a-first" },
    "c-third": { hardLink: "a-first" },
    ".dockerignore": "a-first\n",
  }),
  odd("names in any script, beyond the basic plane too, and in both normal forms", {
    "ünïcödé/文件": "@nonce@",
    "order/\uff5e": "",
    "order/\ue000": "",
    "order/😀": "",
    "order/𐀀": "",
    "order/\ud7ff": "",
    "order/\u00e9": "one letter",
    "order/e\u0301": "letter and accent",
    "order/\u200b": "",
  }),
  odd("names that sort in odd ways", {
    "a/x": "@nonce@",
    "a.x": "",
    "a-x": "",
    "a x": "",
    a0: "",
    A: "",
    "a!/x": "",
    "a.d/x": "",
    "a+": "",
  }),
  odd("names with spaces, quotes, line ends and control characters", {
    " ": "@nonce@",
    "  two ": "",
    "tab\there": "",
    "line\nend": "",
    "'\"`$x*?[a]": "",
    "-rf": "",
    "\u0001\u007f": "",
    "back\\slash": "",
    "..data": "",
    "...": "",
    "~": "",
    "%41%zz": "",
    "a,b=c;d": "",
  }),
  odd("names as long as they can be, in deep folders", {
    ["n".repeat(255)]: "@nonce@",
    ["文".repeat(85)]: "",
    [`${"deep/".repeat(60)}leaf`]: "leaf",
    [`${"f".repeat(200)}/`.repeat(5) + "leaf"]: "leaf",
  }),
  odd("empty files, empty folders and files of one chunk and a byte more", {
    nonce: "@nonce@",
    empty: "",
    "empty-folder/inner": { folder: 0o755 },
    small: { file: new Uint8Array(65_536).fill(1) },
    "small-and-one": { file: new Uint8Array(65_537).fill(2) },
    chunk: { file: new Uint8Array(262_144).fill(3) },
    "chunk-and-one": { file: new Uint8Array(262_145).fill(4) },
    large: { file: new Uint8Array(5_000_000).fill(5) },
  }),
  odd("times before 1970, beyond 2038 and with parts of a second", {
    nonce: "@nonce@",
    past: { file: "past", modifiedAt: -1_000_000 },
    zero: { file: "zero", modifiedAt: 0 },
    future: { file: "future", modifiedAt: 5_000_000_000.25 },
    part: { file: "part", modifiedAt: 1_600_000_000.123_456 },
  }),
  {
    // Engines before 23 leave pipes out, and newer ones keep them, for each client alike.
    ...odd("a pipe", { nonce: "@nonce@", pipe: { pipe: 0o640 } }),
    reproducible: false,
  },
  odd("a hundred folders with ten files each", {
    nonce: "@nonce@",
    ...Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [
        `folder-${index % 100}/file-${Math.floor(index / 100)}`,
        String(index),
      ]),
    ),
  }),
];

function odd(name: string, tree: Tree): EqualityCase {
  return {
    name,
    tree: { ...tree, Dockerfile: "FROM scratch\nCOPY . /\n" },
    reproducible: true,
  };
}
