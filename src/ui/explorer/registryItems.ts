import * as vscode from "vscode";
import { registryKey } from "../../core/registry.js";
import { registryLabel } from "../registryLabel.js";
import type { RegistryNode } from "./registryNodes.js";

/** The row of a registry; only the chosen one is open from the beginning. */
export function forRegistry(node: RegistryNode): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(
    registryLabel(node.location),
    node.isChosen ? Expanded : Collapsed,
  );
  item.id = registryKey(node.location);
  item.iconPath = new vscode.ThemeIcon("server");
  item.contextValue = "registry";
  if (node.registryId !== undefined) item.description = groupDigits(node.registryId);
  item.accessibilityInformation = {
    label: vscode.l10n.t("Registry {0}", registryLabel(node.location)),
  };
  return item;
}

/** Groups an account id as the AWS console does: `1234-5678-9012`. */
function groupDigits(accountId: string): string {
  return accountId.replace(/(\d{4})(?=\d)/g, "$1-");
}
