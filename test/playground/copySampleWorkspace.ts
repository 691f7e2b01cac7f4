import { existsSync } from "node:fs";
import { cp } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { runCommand } from "../machine/runCommand.js";

/**
 * Copies the sample workspace to a folder and makes it a git repository with one commit on `main`,
 * so that tags can be suggested from it. A folder that is a repository already stays as it is.
 */
export async function copySampleWorkspace(folder: string): Promise<void> {
  if (existsSync(path.join(folder, ".git"))) return;
  await cp(path.join(import.meta.dirname, "sample"), folder, { recursive: true });
  const git = (...args: string[]): Promise<string> =>
    runCommand("git", ["-C", folder, ...args], {
      env: {
        // A person's own git settings (signing, hooks, templates) have no say here.
        GIT_CONFIG_GLOBAL: os.devNull,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_NAME: "Sample",
        GIT_AUTHOR_EMAIL: "sample@localhost",
        GIT_COMMITTER_NAME: "Sample",
        GIT_COMMITTER_EMAIL: "sample@localhost",
      },
    });
  await git("init", "--quiet", "--initial-branch=main");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "Lay out the sample");
}
