import * as vscode from "vscode";
import type { Failure } from "../core/errors.js";

/** Says where a build failed, as far as that is known, and why. */
export function buildFailedMessage(failure: Extract<Failure, { kind: "build-failed" }>): string {
  const { line, step, message } = failure;
  if (line !== undefined && step !== undefined) {
    return vscode.l10n.t("The build failed at line {0} ({1}): {2}", line, step, message);
  }
  return line === undefined
    ? vscode.l10n.t("The build failed: {0}", message)
    : vscode.l10n.t("The build failed at line {0}: {1}", line, message);
}
