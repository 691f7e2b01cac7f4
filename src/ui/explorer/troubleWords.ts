import * as vscode from "vscode";
import { asEcrError, EcrError, type ErrorKind } from "../../core/errors.js";

/** The failures that a registry's row names; all others are told by the row below it. */
const WORDS: Partial<Record<ErrorKind, () => string>> = {
  "credentials-missing": () => vscode.l10n.t("sign in needed"),
  "credentials-expired": () => vscode.l10n.t("sign in needed"),
  "access-denied": () => vscode.l10n.t("not allowed"),
  "aws-unreachable": () => vscode.l10n.t("out of reach"),
  "proxy-refused": () => vscode.l10n.t("out of reach"),
  "certificate-untrusted": () => vscode.l10n.t("out of reach"),
};

/** Says in two or three words why a registry can't be read. */
export function troubleWords(cause: unknown): string {
  const error = asEcrError(cause);
  const words = error instanceof EcrError ? WORDS[error.failure.kind] : undefined;
  return words?.() ?? vscode.l10n.t("can't be read");
}
