import * as vscode from "vscode";
import type { Failure } from "../../core/errors.js";

/** Says who may not do what, as far as AWS tells. */
export function deniedMessage(failure: Extract<Failure, { kind: "access-denied" }>): string {
  const { action, resource, principal } = failure;
  const who = principal ?? vscode.l10n.t("This identity");
  if (action === undefined) {
    return vscode.l10n.t("{0} lacks a permission that the push needs.", who);
  }
  return resource === undefined || resource === "*"
    ? vscode.l10n.t("{0} may not do {1}.", who, action)
    : vscode.l10n.t("{0} may not do {1} on {2}.", who, action, resource);
}
