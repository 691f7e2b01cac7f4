import * as vscode from "vscode";

/** Says of which registry something holds copies; Docker Hub by the name that people know. */
export function cacheWords(upstream: string): string {
  const host = upstream === "registry-1.docker.io" ? "docker.io" : upstream;
  return vscode.l10n.t("cache of {0}", host);
}
