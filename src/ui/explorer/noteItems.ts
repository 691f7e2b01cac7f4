import * as vscode from "vscode";
import { asEcrError, EcrError } from "../../core/errors.js";
import { registryKey } from "../../core/registry.js";
import { commandIds } from "../commandIds.js";
import { explain } from "../failures/explain.js";
import type { EmptyNode, FailureNode, FilterNode, MoreNode } from "./registryNodes.js";

/** The row that shows more images. */
export function forMore(node: MoreNode): vscode.TreeItem {
  const { t } = vscode.l10n;
  const shown = node.shown.toLocaleString(vscode.env.language);
  const total = node.total.toLocaleString(vscode.env.language);
  const item = new vscode.TreeItem(t("Load more…"));
  item.id = `${node.repositoryNode.repository.uri} more`;
  item.description = node.isComplete
    ? t("{0} of {1}", shown, total)
    : node.isReading
      ? t("{0} of {1}, still reading", shown, total)
      : t("{0} of {1}, reading stopped", shown, total);
  const isBusy = node.isReading && !node.isComplete;
  item.iconPath = new vscode.ThemeIcon(isBusy ? "loading~spin" : "ellipsis");
  item.contextValue = isBusy ? "more;reading" : "more";
  item.accessibilityInformation = {
    label: isBusy
      ? t("Load more images, {0} of {1} are shown, still reading", shown, total)
      : t("Load more images, {0} of {1} are shown", shown, total),
  };
  item.command = { command: commandIds.loadMoreImages, title: t("Load more…"), arguments: [node] };
  return item;
}

/** The row that says by what images are filtered, and lets change it. */
export function forFilter(node: FilterNode): vscode.TreeItem {
  const { t } = vscode.l10n;
  const fitting = node.fitting.toLocaleString(vscode.env.language);
  const known = node.known.toLocaleString(vscode.env.language);
  const title = t("Filter Images…");
  const item = new vscode.TreeItem(t("Filter: {0}", node.text));
  item.id = `${registryKey(node.repositoryNode.location)} ${node.repositoryNode.repository.name} filter`;
  item.description = t("{0} of {1}", fitting, known);
  item.iconPath = new vscode.ThemeIcon("filter");
  item.contextValue = "filter";
  item.command = { command: commandIds.filterImages, title, arguments: [node.repositoryNode] };
  item.accessibilityInformation = {
    label: t("Filter {0}, {1} of {2} images", node.text, fitting, known),
  };
  return item;
}

/** The row that says why rows are missing, and leads to what to do. */
export function forFailure(node: FailureNode): vscode.TreeItem {
  const error = asEcrError(node.error);
  const message = error instanceof EcrError ? explain(error.failure).message : error.message;
  const item = new vscode.TreeItem(message);
  item.iconPath = new vscode.ThemeIcon(
    "error",
    new vscode.ThemeColor("problemsErrorIcon.foreground"),
  );
  item.tooltip = message;
  item.contextValue = "failure";
  item.accessibilityInformation = { label: vscode.l10n.t("Failure: {0}", message) };
  const title = vscode.l10n.t("Show What to Do");
  item.command = { command: commandIds.showFailure, title, arguments: [node] };
  return item;
}

/** The row that says that there is nothing. */
export function forEmpty(node: EmptyNode): vscode.TreeItem {
  const { parent } = node;
  const isRegistry = parent.kind === "registry";
  const { t } = vscode.l10n;
  const { filter } = node;
  const nothing = isRegistry ? t("No repositories yet") : t("No images yet");
  const label = filter === undefined ? nothing : t("No repository holds “{0}”", filter);
  const item = new vscode.TreeItem(label);
  const key = isRegistry ? "" : parent.repository.name;
  item.id = `${registryKey(parent.location)} ${key} empty`;
  item.contextValue = "empty";
  item.accessibilityInformation = { label };
  return item;
}
