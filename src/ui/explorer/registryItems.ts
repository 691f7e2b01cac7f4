import * as vscode from "vscode";
import { asEcrError, EcrError } from "../../core/errors.js";
import { registryKey } from "../../core/registry.js";
import { explain } from "../failures/explain.js";
import { registryLabel } from "../registryLabel.js";
import { tooltipTable } from "../tooltipTable.js";
import { troubleWords } from "./troubleWords.js";
import type { RegistryNode } from "./registryNodes.js";

/** The row of a registry; only the chosen one is open from the beginning. */
export function forRegistry(node: RegistryNode): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const { t } = vscode.l10n;
  const { location, isChosen, failure } = node;
  const item = new vscode.TreeItem(registryLabel(location), isChosen ? Expanded : Collapsed);
  item.id = registryKey(location);
  item.iconPath = failure
    ? new vscode.ThemeIcon("warning", new vscode.ThemeColor("problemsWarningIcon.foreground"))
    : new vscode.ThemeIcon(location.service === "public" ? "globe" : "server");
  item.contextValue = isChosen ? "registry" : "registry;added";
  const facts = [
    failure && troubleWords(failure.error),
    node.alias,
    node.registryId === undefined ? undefined : groupDigits(node.registryId),
  ];
  const known = facts.filter((fact) => fact !== undefined);
  if (known.length > 0) item.description = known.join(" · ");
  const spoken = t("Registry {0}", registryLabel(location).replace(" · ", ", "));
  item.accessibilityInformation = {
    label: failure ? `${spoken}, ${troubleWords(failure.error)}` : spoken,
  };
  return item;
}

/** The tooltip of a registry: what its row leaves out, and why it can't be read. */
export function registryTooltip(node: RegistryNode): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const { location, registryId, alias, failure } = node;
  return tooltipTable(registryLabel(location), [
    [t("Problem"), failure && sentence(failure.error)],
    [t("Account"), registryId],
    [t("Alias"), alias],
    [t("Region"), location.region],
    [t("Endpoint"), location.endpoint],
    [
      t("ECR Public"),
      location.service === "public"
        ? t("no immutable tags, scans, lifecycle policies, archive, or platforms of an index")
        : undefined,
    ],
  ]);
}

function sentence(cause: unknown): string {
  const error = asEcrError(cause);
  return error instanceof EcrError ? explain(error.failure).message : error.message;
}

/** Groups an account id as the AWS console does: `1234-5678-9012`. */
function groupDigits(accountId: string): string {
  return accountId.replace(/(\d{4})(?=\d)/g, "$1-");
}
