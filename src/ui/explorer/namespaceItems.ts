import * as vscode from "vscode";
import { namespaceLabel } from "../../core/repositories/namespaces.js";
import { registryKey } from "../../core/registry.js";
import { commandIds } from "../commandIds.js";
import { cacheWords } from "./cacheWords.js";
import type { MoreRepositoriesNode, NamespaceNode } from "./registryNodes.js";

/** The row of a namespace, with how many repositories are below it. */
export function forNamespace(node: NamespaceNode): vscode.TreeItem {
  const { t } = vscode.l10n;
  const { location, path, count, createsOnPush, upstream } = node;
  const label = `${namespaceLabel(path)}/`;
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  const shown = count.toLocaleString(vscode.env.language);
  const facts = [
    upstream === undefined ? undefined : cacheWords(upstream),
    createsOnPush ? t("created on push") : undefined,
  ].filter((fact) => fact !== undefined);
  item.id = `${registryKey(location)} ${path}/`;
  item.iconPath = new vscode.ThemeIcon("folder");
  item.contextValue = "namespace";
  item.description = [shown, ...facts].join(" · ");
  item.tooltip = path;
  const spoken = t("Namespace {0}, {1} repositories", path, shown);
  item.accessibilityInformation = { label: [spoken, ...facts].join(", ") };
  return item;
}

/** The row that shows more repositories of a level. */
export function forMoreRepositories(node: MoreRepositoriesNode): vscode.TreeItem {
  const { t } = vscode.l10n;
  const { parent } = node;
  const shown = node.shown.toLocaleString(vscode.env.language);
  const total = node.total.toLocaleString(vscode.env.language);
  const path = parent.kind === "namespace" ? parent.path : "";
  const item = new vscode.TreeItem(t("Load more…"));
  item.id = `${registryKey(parent.location)} ${path}/ more`;
  item.description = node.isComplete
    ? t("{0} of {1}", shown, total)
    : t("{0} of {1}, still reading", shown, total);
  item.iconPath = new vscode.ThemeIcon(node.isComplete ? "ellipsis" : "loading~spin");
  item.contextValue = "moreRepositories";
  item.accessibilityInformation = {
    label: node.isComplete
      ? t("Load more repositories, {0} of {1} are shown", shown, total)
      : t("Load more repositories, {0} of {1} are shown, still reading", shown, total),
  };
  const title = t("Load more…");
  item.command = { command: commandIds.loadMoreRepositories, title, arguments: [node] };
  return item;
}
