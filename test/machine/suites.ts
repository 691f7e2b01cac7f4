import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { projectFolder } from "./folders.js";
import type { SystemPart } from "./installSystem.js";

/** A stage of `npm test`; the names are what `npm test -- NAME…` takes. */
export const suiteNames = ["checks", "unit", "contract", "vscode", "ui"] as const;

/** The name of a stage. */
export type SuiteName = (typeof suiteNames)[number];

/** The rules that the code is held against: each script of package.json counts as one test. */
export const checks = ["typecheck", "lint", "format:check", "layers", "unused"] as const;

/** What a stage needs from the system besides Node. */
export const suiteNeeds: Readonly<Record<SuiteName, readonly SystemPart[]>> = {
  checks: [],
  unit: [],
  contract: ["engine", "Docker 26.1", "Podman", "base image", "skopeo", "OpenSSH"],
  vscode: ["browser"],
  ui: ["engine", "base image", "browser"],
};

/** What in a test file's text shows that it runs on each engine. */
const engineSign = /\btestEngines\b|\bbuild(?:er|Kit)sUnderTest\b/;

/** What in a test file's text shows that it needs a part of the system. */
const signs: Partial<Readonly<Record<SystemPart, RegExp>>> = {
  engine: new RegExp(`${engineSign.source}|\\bopenWorkbench\\b`),
  browser: /\bopenWorkbench\b|\bstartBrowser\b/,
  skopeo: /\bskopeo\b/,
  OpenSSH: /\bSshAgentProcess\b/,
  "base image": /\bbusyboxImage\b|\bbusybox:local\b/,
};

/** Finds the test files of a stage that can't run without a part, with the reason. */
export async function findBlockedFiles(
  suite: SuiteName,
  absent: ReadonlyMap<SystemPart, string>,
): Promise<ReadonlyMap<string, string>> {
  const blocked = new Map<string, string>();
  if (absent.size === 0) return blocked;
  for await (const [file, text] of readTests(suite)) {
    for (const [part, reason] of absent) {
      if (signs[part]?.test(text) === true) blocked.set(file, reason);
    }
  }
  return blocked;
}

/** Finds the test files of a stage that run on each engine; the others need one run only. */
export async function findEngineTests(suite: SuiteName): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const [file, text] of readTests(suite)) if (engineSign.test(text)) files.push(file);
  return files;
}

/** Yields each test file of a stage, its path from the project's folder first, then its text. */
async function* readTests(suite: SuiteName): AsyncGenerator<readonly [string, string], void, void> {
  const folder = path.join(projectFolder, "test", suite);
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith(".test.ts")) continue;
    const text = await readFile(path.join(folder, name), "utf8");
    yield [path.posix.join("test", suite, name), text];
  }
}
