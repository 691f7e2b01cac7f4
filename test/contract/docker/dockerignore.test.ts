import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { importBaseImages } from "../../machine/baseImages.js";
import { findProgram } from "../../machine/findProgram.js";
import {
  type Builder,
  buildersUnderTest,
  buildOf,
  collect,
  engineAt,
  makeFolder,
  patience,
} from "./engineUnderTest.js";

/** What the trees below are ignored with; each is one build by the CLI and one by the adapter. */
const IGNORE_FILES: Readonly<Record<string, string>> = {
  "names, comments and spaces": "\uFEFF# note\n\n  a/one.txt  \n#b\n/b/\n./c/../top.md\n",
  "one star, question mark and class": "*.md\n*/*.tx?\na/[f-h]*\n[^a-c]\n",
  "two stars at every place": "**/*.log\nnode_modules/**\n**/temp\na/**/deep.txt\n",
  "re-inclusion of a file": "a\n!a/one.txt\n!a/sub/deep/deep.txt\n",
  "re-inclusion below an ignored folder": "*\n!b\nb/*.log\n!b/keep.log\n",
  "order decides": "!top.md\n*.md\n!README.md\n**/README.md\n!a/README.md\n",
  "everything but one folder": "**\n!a/sub\n",
  "wildcards in a re-inclusion": "a\nb\n!a/*.txt\n!**/README.md\n!b/k*\n",
  "a parent that matches": "a/sub\n!a/sub/deep\na/sub/deep/deep.txt\n",
  escapes: "a/\\[x\\].txt\nodd\\*\n\\#hash\n",
  "the files of the build itself": "Dockerfile\n.dockerignore\n.*\n",
  "names that begin alike": "a\n!ab\nnode_module\ntemp*\n",
  "a dot and a lone slash": ".\n/\nc/\n",
  "spaces inside, and names in any script": "b/two words.txt\nünïcödé\n文*\n",
};

/** Clients of BuildKit before 23 lose these re-inclusions; what the engine does is the newer ones'. */
const NEWER_RULES = new Set(["wildcards in a re-inclusion"]);

const FILES = [
  ...["top.md", "README.md", "ab", "odd*", "odd1", "#hash", ".env", "ünïcödé/x", "文件/y", "z"],
  ...["a/one.txt", "a/README.md", "a/file.txt", "a/golf", "a/[x].txt", "a/x.txt", "a/x.log"],
  ...["a/sub/deep/deep.txt", "a/sub/deep/other.txt", "a/sub/top.log", "a/sub/README.md"],
  ...["b/keep.log", "b/drop.log", "b/two words.txt", "b/temp/x", "b/sub/keep.log"],
  ...["c/file", "c/temp", "temp/x", "tempest", "node_modules/m/index.js", "node_modules/.bin/m"],
];

const docker = findProgram("docker") ?? "";
const builders = await buildersUnderTest();
const isOld = await isOldClient();
const known = await Promise.all(builders.map(({ builder }) => canCompare(builder)));

describe.skipIf(docker === "").each(builders.filter((_, index) => known[index]))(
  "ignore files, against the docker CLI (skipped where it is missing) with $builder of $label",
  ({ host, builder }) => {
    beforeAll(() => importBaseImages(host));

    const comparable = Object.entries(IGNORE_FILES).filter(
      ([name]) => !(builder === "BuildKit" && isOld && NEWER_RULES.has(name)),
    );

    it.each(comparable)("%s", async (_, ignoreFile) => {
      const folder = await makeFolder({
        Dockerfile: `FROM busybox:local\nCOPY . /c\nRUN echo ${randomUUID()}; cd /c && find .\n`,
        ".dockerignore": ignoreFile,
        ...Object.fromEntries(FILES.map((name) => [name, "x"])),
      });
      await mkdir(path.join(folder, "c", "empty"));
      const ours = await buildWithAdapter(host, builder, folder);
      expect(ours).toEqual(await buildWithCli(host, builder, folder));
      expect(ours.length).toBeGreaterThan(1);
      expect(ours.length).toBeLessThan(FILES.length + 25);
    });
  },
);

/** Since 23 the CLI builds with BuildKit only through its plugin buildx, which may be missing. */
async function canCompare(builder: Builder): Promise<boolean> {
  if (docker === "" || builder !== "BuildKit" || (await isOldClient())) return true;
  return promisify(execFile)(docker, ["buildx", "version"]).then(
    () => true,
    () => false,
  );
}

async function isOldClient(): Promise<boolean> {
  if (docker === "") return false;
  const { stdout } = await promisify(execFile)(docker, ["--version"]);
  return Number(/version (\d+)\./.exec(stdout)?.[1]) < 23;
}

async function buildWithAdapter(host: string, builder: Builder, folder: string): Promise<string[]> {
  const { events } = await collect(engineAt(host, builder).build(buildOf(folder), patience));
  return listed(events.flatMap((event) => (event.type === "log" ? [event.text] : [])));
}

async function buildWithCli(host: string, builder: Builder, folder: string): Promise<string[]> {
  const isNew = builder === "BuildKit";
  const { stdout, stderr } = await promisify(execFile)(
    docker,
    [
      ...["--host", host, "build", "--no-cache", "--network", "none"],
      ...(isNew ? ["--progress", "plain"] : []),
      folder,
    ],
    { env: { ...process.env, DOCKER_BUILDKIT: isNew ? "1" : "0" } },
  );
  // BuildKit's client writes the number of the step and the time before each line.
  const lines = isNew ? stderr.replaceAll(/^#\d+ [\d.]+ /gm, "") : stdout;
  return listed(lines.split("\n"));
}

function listed(lines: readonly string[]): string[] {
  return lines.filter((line) => /^\.(?:\/|$)/.test(line)).sort();
}
