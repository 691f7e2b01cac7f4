import type { EqualityCase } from "../equalityCase.js";

/** How Dockerfiles may be written, and where they may be. */
export const dockerfiles: readonly EqualityCase[] = [
  {
    name: "lines that end as on Windows",
    tree: {
      Dockerfile:
        "# comment\r\nFROM busybox:local\r\nRUN echo @nonce@ \\\r\n  > /a\r\nCOPY a /b\r\n",
      a: "@nonce@\r\n",
      ".dockerignore": "b\r\n!keep\r\n",
      b: "ignored",
    },
  },
  {
    name: "a byte order mark",
    tree: { Dockerfile: "\uFEFFFROM scratch\nCOPY a /\n", a: "@nonce@" },
    reproducible: true,
  },
  {
    name: "another escape character",
    tree: {
      Dockerfile:
        "# escape=`\nFROM busybox:local\nRUN echo @nonce@ `\n  > /a && echo \\n\nCOPY a /`\nb\n",
      a: "@nonce@",
    },
  },
  {
    name: "small letters, tabs, empty lines and no line end",
    tree: {
      Dockerfile: "\n\n\t from\tscratch\tas x\n\n  # note\n\tcopy\ta\t/\n\n\nlabel a=b",
      a: "@nonce@",
    },
    reproducible: true,
  },
  {
    name: "a directive that is none, since a comment comes first",
    tree: {
      Dockerfile: "# comment\n# escape=`\nFROM scratch\nCOPY a \\\n  /b\n",
      a: "@nonce@",
    },
    reproducible: true,
  },
  {
    name: "another name, in a folder of the context",
    tree: { "docker/app.Dockerfile": "FROM scratch\nCOPY . /\n", a: "@nonce@" },
    dockerfile: "docker/app.Dockerfile",
    reproducible: true,
  },
  {
    name: "a name with spaces and letters of any script",
    tree: { "Döcker file, 文": "FROM scratch\nCOPY . /\n", a: "@nonce@" },
    dockerfile: "Döcker file, 文",
    reproducible: true,
  },
  {
    name: "outside the context",
    tree: { "elsewhere/Dockerfile": "FROM scratch\nCOPY . /\n", "context/a": "@nonce@" },
    context: "context",
    dockerfile: "elsewhere/Dockerfile",
    reproducible: true,
  },
  {
    name: "outside the context, which has one of the same name",
    tree: {
      "elsewhere/Dockerfile": "FROM scratch\nCOPY Dockerfile a /\n",
      "context/Dockerfile": "FROM scratch\nCOPY wrong /\n",
      "context/a": "@nonce@",
    },
    context: "context",
    dockerfile: "elsewhere/Dockerfile",
    reproducible: true,
  },
  {
    name: "outside the context, with an ignore file beside it",
    tree: {
      "elsewhere/Dockerfile": "FROM scratch\nCOPY . /\n",
      "elsewhere/Dockerfile.dockerignore": "*.log\n",
      "context/.dockerignore": "a\n",
      "context/a": "@nonce@",
      "context/b.log": "@nonce@",
    },
    context: "context",
    dockerfile: "elsewhere/Dockerfile",
    reproducible: true,
  },
  {
    name: "an ignore file of its own",
    tree: {
      "dev.Dockerfile": "FROM scratch\nCOPY . /\n",
      "dev.Dockerfile.dockerignore": "b\n",
      ".dockerignore": "a\n",
      a: "@nonce@",
      b: "@nonce@",
    },
    dockerfile: "dev.Dockerfile",
    reproducible: true,
  },
  {
    name: "an ignore file of its own that is empty",
    tree: {
      Dockerfile: "FROM scratch\nCOPY . /\n",
      "Dockerfile.dockerignore": "",
      ".dockerignore": "a\n",
      a: "@nonce@",
    },
    reproducible: true,
  },
  {
    name: "a folder that is called as the ignore file beside it",
    tree: {
      "docker/Dockerfile": "FROM scratch\nCOPY . /\n",
      ".dockerignore": "docker\n",
      a: "@nonce@",
    },
    dockerfile: "docker/Dockerfile",
    reproducible: true,
  },
  {
    name: "an instruction that is none",
    tree: { Dockerfile: "FROM scratch\nCOPPY a /\n", a: "@nonce@" },
    failure: /unknown instruction: COPPY/,
  },
  {
    name: "a file that is not there, since it is ignored",
    tree: { Dockerfile: "FROM scratch\nCOPY a /\n", a: "@nonce@", ".dockerignore": "a\n" },
    failure: /\/a\S* not found/,
  },
  {
    name: "a rule that is none",
    tree: { Dockerfile: "FROM scratch\nCOPY . /\n", a: "@nonce@", ".dockerignore": "a\n[a\n" },
    failure: /syntax error in pattern|pattern is not valid/,
  },
  {
    name: "named in small letters only",
    tree: { dockerfile: "FROM scratch\nCOPY a /\n", a: "@nonce@" },
    dockerfile: "dockerfile",
    reproducible: true,
  },
];
