import * as vscode from "vscode";
import type { SecretSource } from "../../core/build/buildChoices.js";

/** Says where a secret comes from, as a row's description. */
export function sourceText(source: SecretSource): string {
  const { t } = vscode.l10n;
  switch (source.kind) {
    case "environment":
      return t("from the variable {0}", source.name);
    case "file":
      return t("from the file {0}", vscode.workspace.asRelativePath(source.path));
    case "typed":
      return t("typed for each build");
  }
}
