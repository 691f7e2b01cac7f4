import * as vscode from "vscode";

/** Every context key that `when` clauses of the manifest ask for, with its values. */
export interface ContextKeys {
  /** Whether the registry view has something to show, and if not, why. */
  "ecr.registryState": "unknown" | "no-credentials" | "no-region" | "no-repositories" | "ready";
  /** Whether repositories stand in namespaces. */
  "ecr.repositoryLayout": "flat" | "grouped";
  /** Whether names of repositories are looked for. */
  "ecr.repositoryFilter": "none" | "active";
  /** Whether a Docker Engine answered when the local images were last read. */
  "ecr.engineState": "unknown" | "no-engine" | "no-images" | "ready";
  /** Whether somebody asked to see a build context. */
  "ecr.buildContext": "hidden" | "shown";
}

/** Sets a context key for `when` clauses. */
export function setContextKey<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
  void vscode.commands.executeCommand("setContext", key, value);
}
