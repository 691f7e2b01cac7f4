import * as vscode from "vscode";
import type { ProjectFacts } from "../core/push/tagSuggestions.js";
import { readGitFacts } from "./gitExtension.js";

/** Reads what the tag suggestions are made from; what can't be read is logged and left out. */
export async function readProjectFacts(
  dockerfile: vscode.Uri,
  lastTag: string | undefined,
  log: vscode.LogOutputChannel,
): Promise<ProjectFacts> {
  const [git, packageVersion] = await Promise.all([
    readGitFacts(dockerfile).catch((error: unknown) => {
      log.warn(`git tells nothing for tag suggestions: ${String(error)}`);
      return undefined;
    }),
    readPackageVersion(vscode.Uri.joinPath(dockerfile, "..")),
  ]);
  return {
    commit: git?.commit,
    branch: git?.branch,
    isDirty: git?.isDirty ?? false,
    packageVersion,
    lastTag,
  };
}

/** Reads the version from `package.json` or `pyproject.toml` of the folder. */
async function readPackageVersion(folder: vscode.Uri): Promise<string | undefined> {
  const packageJson = await tryRead(vscode.Uri.joinPath(folder, "package.json"));
  const pyproject = await tryRead(vscode.Uri.joinPath(folder, "pyproject.toml"));
  return (
    /"version"\s*:\s*"([^"]+)"/.exec(packageJson ?? "")?.[1] ??
    /^version\s*=\s*["']([^"']+)["']/m.exec(pyproject ?? "")?.[1]
  );
}

async function tryRead(file: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return undefined;
    throw error;
  }
}
