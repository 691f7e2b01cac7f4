import * as vscode from "vscode";

/**
 * The part of the built-in Git extension's API (version 1) that is used here.
 *
 * Source: https://github.com/microsoft/vscode/blob/main/extensions/git/src/api/git.d.ts
 */
interface GitApi {
  readonly state: "uninitialized" | "initialized";
  readonly onDidChangeState: vscode.Event<string>;
  getRepository(uri: vscode.Uri): GitRepository | null;
}

interface GitRepository {
  readonly state: {
    readonly HEAD: { readonly name?: string; readonly commit?: string } | undefined;
    readonly workingTreeChanges: readonly unknown[];
    readonly indexChanges: readonly unknown[];
  };
  status(): Promise<void>;
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

/** What git says about a file's repository. */
export interface GitFacts {
  readonly commit: string | undefined;
  readonly branch: string | undefined;
  readonly isDirty: boolean;
}

/** How long to wait for the Git extension to find repositories. */
const GIT_TIMEOUT_MS = 3000;

/** Asks the built-in Git extension; undefined when it is off or the file is in no repository. */
export async function readGitFacts(file: vscode.Uri): Promise<GitFacts | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>("vscode.git");
  if (!extension) return undefined;
  const git = await extension.activate();
  if (!git.enabled) return undefined;
  const api = git.getAPI(1);
  await initialized(api);
  const repository = api.getRepository(file);
  if (!repository) return undefined;
  await repository.status();
  const { HEAD, workingTreeChanges, indexChanges } = repository.state;
  return {
    commit: HEAD?.commit,
    branch: HEAD?.name,
    isDirty: workingTreeChanges.length + indexChanges.length > 0,
  };
}

async function initialized(api: GitApi): Promise<void> {
  if (api.state === "initialized") return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, GIT_TIMEOUT_MS);
    const listener = api.onDidChangeState(done);
    function done(): void {
      clearTimeout(timer);
      listener.dispose();
      resolve();
    }
  });
}
