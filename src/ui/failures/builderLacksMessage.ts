import * as vscode from "vscode";
import type { Failure } from "../../core/errors.js";

/** Says what the builder can't do, and why this one builds. */
export function builderLacksMessage({
  feature,
  reason,
}: Extract<Failure, { kind: "builder-lacks" }>): string {
  const { t } = vscode.l10n;
  switch (feature) {
    case "secrets":
      return t("Secrets need BuildKit, and this is the classic builder: {0}.", reason);
    case "ssh":
      return t("SSH agents need BuildKit, and this is the classic builder: {0}.", reason);
    case "contexts":
      return t("This engine can't build with named contexts: {0}.", reason);
    case "cache-to":
      return t("This engine can't keep a cache elsewhere: {0}.", reason);
    case "attestations":
      return t("This engine can't attach attestations: {0}.", reason);
    case "exporter":
      return t("This engine can't make this kind of output: {0}.", reason);
  }
}
