import * as vscode from "vscode";
import type { Sheet } from "./sheet.js";

/** Takes `~` for the home folder, and other relative paths from the Dockerfile's folder on. */
export function absolutePath(
  { dockerfile, sources }: Pick<Sheet, "dockerfile" | "sources">,
  text: string,
): string {
  const path = text.trim();
  const home = sources.variable("HOME") ?? sources.variable("USERPROFILE");
  if (/^~[\\/]/.test(path) && home !== undefined) {
    return vscode.Uri.joinPath(vscode.Uri.file(home), path.slice(2)).fsPath;
  }
  if (/^(?:[\\/]|[A-Za-z]:[\\/])/.test(path)) return path;
  return vscode.Uri.joinPath(vscode.Uri.file(dockerfile), "..", path).fsPath;
}
