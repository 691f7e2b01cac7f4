import type { EqualityCase } from "../equalityCase.js";

const FILES = {
  ...Object.fromEntries(
    [
      ...["top.md", "README.md", "ab", "odd*", "odd1", "#hash", "!bang", ".env", " leading", "z"],
      ...["a/one.txt", "a/README.md", "a/file.txt", "a/golf", "a/[x].txt", "a/x.txt", "a/x.log"],
      ...["a/sub/deep/deep.txt", "a/sub/deep/other.txt", "a/sub/top.log", "a/sub/README.md"],
      ...["b/keep.log", "b/drop.log", "b/two words.txt", "b/temp/x", "b/sub/keep.log"],
      ...[
        "c/file",
        "c/temp",
        "temp/x",
        "tempest",
        "node_modules/m/index.js",
        "ünïcödé/x",
        "文件/y",
      ],
    ].map((name) => [name, "@nonce@"] as const),
  ),
  "c/empty": { folder: 0o755 },
  "a/back\\slash": "@nonce@",
};

const RULES: Readonly<Record<string, string>> = {
  "no rule at all": "\n  \n# only this\n",
  "a byte order mark, comments, spaces and slashes at both ends":
    "\uFEFF# note\n\n  a/one.txt  \n#b\n #hash\n/b/\n./c/../top.md\nc//file\n/\n",
  "one star, question mark and class": "*.md\n*/*.tx?\na/[f-h]*\n[^a-c]\n",
  "a class with a range, a dash at its end and a negation": "[a-bz]\na/[^fgx]*\nb/[kd]*.log\n",
  "two stars at every place": "**/*.log\nnode_modules/**\n**/temp\na/**/deep.txt\n",
  "two stars inside a name, and three": "a**x\n**.md\n***/one.txt\n",
  "re-inclusion of a file": "a\n!a/one.txt\n!a/sub/deep/deep.txt\n",
  "re-inclusion below an ignored folder": "*\n!b\nb/*.log\n!b/keep.log\n",
  "re-inclusion with wildcards below ignored folders": "a\nb\n!a/*.txt\n!**/README.md\n!b/k*\n",
  "re-inclusion of everything, then something taken out": "**\n!**\n**/*.txt\n!a/one.txt\n",
  "order decides": "!top.md\n*.md\n!README.md\n**/README.md\n!a/README.md\n",
  "everything but one folder": "**\n!a/sub\n",
  "everything but what is deep inside": "*\n!a/sub/deep/deep.txt\n",
  "a parent that matches": "a/sub\n!a/sub/deep\na/sub/deep/deep.txt\n",
  "a folder that is ignored but for its folders": "a/*\n!a/*/\na/sub/*\n!a/sub/deep/\n",
  "escapes of stars, brackets, hashes and bangs":
    "a/\\[x\\].txt\nodd\\*\n\\#hash\n\\!bang\na/back\\\\slash\n",
  "the files of the build itself": "Dockerfile\n.dockerignore\n.*\n",
  "names that begin alike": "a\n!ab\nnode_module\ntemp*\n",
  "a dot, and dots that lead out": ".\n..\n../a\n../../b/temp\nc/../../c/temp\n",
  "a bang with a space, and a bang after a slash": "*\n! a \n/!b\n",
  "spaces inside, and names in any script": "b/two words.txt\nünïcödé\n文*\n",
  "characters that a regular expression would read": "(a|b)\na+\n.env\n$\n^\n{a}\na/x.(txt|log)\n",
};

/** Ignore files, all with the same tree. */
export const ignoreFiles: readonly EqualityCase[] = [
  ...Object.entries(RULES).map(([name, rules]) => ({
    name,
    tree: { ...FILES, Dockerfile: "FROM scratch\nCOPY . /\n", ".dockerignore": rules },
  })),
  {
    name: "rules that leave folders which are copied one by one",
    tree: {
      ...FILES,
      Dockerfile: "FROM scratch\nCOPY a /a\nCOPY b/*.log c /rest/\nCOPY *.md /\n",
      ".dockerignore": "a/sub\n!a/sub/deep\n**/keep.log\nREADME.md\n",
    },
  },
];
