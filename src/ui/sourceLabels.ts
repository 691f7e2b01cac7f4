import * as vscode from "vscode";
import { makeGitLabels } from "../core/build/gitLabels.js";
import type { BuildOptions } from "../core/enginePorts.js";
import { readGitFacts } from "./gitExtension.js";
import { readSettings } from "./settings.js";

/**
 * Returns the options with labels that say which source the image is built from.
 *
 * Nothing is added where the setting is off, or where the Dockerfile is in no git repository.
 */
export async function withSourceLabels(
  dockerfile: string,
  options: BuildOptions | undefined,
  log: vscode.LogOutputChannel,
): Promise<BuildOptions> {
  if (!readSettings().labels) return options ?? {};
  const facts = await readGitFacts(vscode.Uri.file(dockerfile)).catch((error: unknown) => {
    log.warn(`git tells nothing for the image's labels: ${String(error)}`);
    return undefined;
  });
  return { ...options, ...(facts && { defaultLabels: makeGitLabels(facts) }) };
}
