import * as vscode from "vscode";
import type { ContextContents, ContextNode } from "../../core/context/contextContents.js";
import type { FindingReason } from "../../core/context/contextFinding.js";
import { formatBytes } from "../quantities.js";
import { tooltipTable } from "../tooltipTable.js";
import { filesText, findingIcon, findingLabel, findingText, shareText } from "./contextTexts.js";

/** What a folder holds besides its rows. */
export interface RestRow extends Pick<ContextNode, "path" | "rest"> {
  readonly isRest: true;
}

/** A row of the context's tree. */
export type ContextRow = ContextNode | RestRow;

/** Returns the rows of a folder. */
export function childRows(node: ContextNode): ContextRow[] {
  const { path, rest, children } = node;
  return rest.entries === 0 ? [...children] : [...children, { path, rest, isRest: true }];
}

/** Makes the row of a file or folder: its size, its share of the whole, and what it is. */
export function contextItem(row: ContextRow, contents: ContextContents): vscode.TreeItem {
  if ("isRest" in row) return restItem(row);
  const why = contents.findings.find(({ path }) => path === row.path)?.why;
  const name = row.path.slice(row.path.lastIndexOf("/") + 1);
  const hasRows = row.children.length > 0 || row.rest.entries > 0;
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(name, hasRows ? Collapsed : None);
  const facts = factsOf(row, contents, why);
  item.id = row.path;
  item.description = facts.join(" · ");
  item.iconPath = iconOf(row, why);
  item.contextValue = row.state === "ignored" ? "contextIgnored" : "contextEntry";
  item.tooltip = tooltipOf(row, why);
  item.accessibilityInformation = { label: [name, ...facts].join(", ") };
  return item;
}

function factsOf(
  row: ContextNode,
  contents: ContextContents,
  why: FindingReason | undefined,
): string[] {
  const { t } = vscode.l10n;
  if (row.state === "ignored") return [t("ignored")];
  if (row.state === "unreadable") return [t("can't be read")];
  return [
    formatBytes(row.bytes),
    shareText(row.bytes, contents.bytes),
    // Both do not fit on a row, and the tooltip has everything.
    why ? findingLabel(why) : row.isFolder ? filesText(row.files) : "",
  ].filter((fact) => fact !== "");
}

function iconOf(row: ContextNode, why: FindingReason | undefined): vscode.ThemeIcon {
  if (row.state === "ignored") {
    return new vscode.ThemeIcon("circle-slash", new vscode.ThemeColor("disabledForeground"));
  }
  if (row.state === "unreadable") return new vscode.ThemeIcon("error");
  if (why) {
    return new vscode.ThemeIcon(
      findingIcon(why).id,
      new vscode.ThemeColor("list.warningForeground"),
    );
  }
  return new vscode.ThemeIcon(row.isFolder ? "folder" : "file");
}

function tooltipOf(row: ContextNode, why: FindingReason | undefined): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const isSent = row.state === "sent";
  return tooltipTable(row.path, [
    [t("Size"), isSent ? formatBytes(row.bytes) : undefined],
    [t("Files"), isSent && row.isFolder ? filesText(row.files) : undefined],
    [t("Better not sent"), why && findingText(why)],
    [t("Not sent"), row.state === "ignored" ? t("the ignore file leaves it out") : undefined],
    [
      t("Build"),
      row.state === "unreadable" ? t("fails until it is readable or ignored") : undefined,
    ],
  ]);
}

function restItem({ path, rest }: RestRow): vscode.TreeItem {
  const item = new vscode.TreeItem(
    vscode.l10n.t("{0} more", rest.entries.toLocaleString(vscode.env.language)),
  );
  item.id = `${path}/…`;
  item.description = [formatBytes(rest.bytes), filesText(rest.files)].join(" · ");
  item.iconPath = new vscode.ThemeIcon("ellipsis");
  item.contextValue = "contextRest";
  item.accessibilityInformation = {
    label: vscode.l10n.t(
      "{0} more files and folders, {1}",
      rest.entries.toLocaleString(vscode.env.language),
      [formatBytes(rest.bytes), filesText(rest.files)].join(", "),
    ),
  };
  return item;
}
