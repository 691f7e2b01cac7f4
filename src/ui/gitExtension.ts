import * as vscode from "vscode";
import type { SourceFacts } from "../core/build/gitLabels.js";

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
    readonly HEAD:
      | {
          readonly name?: string;
          readonly commit?: string;
          readonly upstream?: { readonly remote: string };
        }
      | undefined;
    readonly remotes: readonly { readonly name: string; readonly fetchUrl?: string }[];
    readonly workingTreeChanges: readonly unknown[];
    readonly indexChanges: readonly unknown[];
    /** Where the user wants untracked files apart from the others. */
    readonly untrackedChanges?: readonly unknown[];
  };
  status(): Promise<void>;
  getCommit(ref: string): Promise<{ readonly commitDate?: Date }>;
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

/** What git says about a file's repository. */
export interface GitFacts extends SourceFacts {
  readonly branch: string | undefined;
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
  const { HEAD, remotes, workingTreeChanges, indexChanges, untrackedChanges } = repository.state;
  const changes = [workingTreeChanges, indexChanges, untrackedChanges ?? []].flat();
  const commit = HEAD?.commit;
  const remote = HEAD?.upstream?.remote ?? "origin";
  const found = remotes.find(({ name }) => name === remote) ?? remotes[0];
  return {
    commit,
    committedAt: commit === undefined ? undefined : (await repository.getCommit(commit)).commitDate,
    branch: HEAD?.name,
    isDirty: changes.length > 0,
    remoteUrl: found?.fetchUrl,
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
