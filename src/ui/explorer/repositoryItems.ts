import * as vscode from "vscode";
import { registryKey, type Repository } from "../../core/registry.js";
import { formatInstant } from "../quantities.js";
import { tooltipTable } from "../tooltipTable.js";
import type { RepositoryNode } from "./registryNodes.js";

/** The row of a repository. */
export function forRepository({ location, repository }: RepositoryNode): vscode.TreeItem {
  const item = new vscode.TreeItem(repository.name, vscode.TreeItemCollapsibleState.Collapsed);
  const isImmutable = repository.tagMutability.default === "immutable";
  item.id = `${registryKey(location)} ${repository.name}`;
  item.iconPath = new vscode.ThemeIcon("package");
  item.contextValue = isImmutable ? "repository;immutable" : "repository";
  if (isImmutable) item.description = vscode.l10n.t("immutable");
  item.accessibilityInformation = {
    label: isImmutable
      ? vscode.l10n.t("Repository {0}, immutable tags", repository.name)
      : vscode.l10n.t("Repository {0}", repository.name),
  };
  return item;
}

/** The tooltip of a repository: what its row leaves out. */
export function repositoryTooltip({ repository }: RepositoryNode): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const { name, uri, arn, createdAt } = repository;
  return tooltipTable(name, [
    [t("URI"), uri],
    [t("ARN"), arn],
    [t("Tags"), mutabilityWords(repository)],
    [t("Created"), createdAt && formatInstant(createdAt)],
  ]);
}

function mutabilityWords({ tagMutability }: Repository): string {
  const { t } = vscode.l10n;
  const { default: rule, exclusions } = tagMutability;
  const words = rule === "immutable" ? t("immutable") : t("mutable");
  return exclusions.length === 0 ? words : t("{0}, except {1}", words, exclusions.join(", "));
}
