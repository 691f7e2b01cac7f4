import * as vscode from "vscode";
import type { RegistryTreeNode } from "./registryNodes.js";

/**
 * Returns the rows that a key is pressed on: the selection where the focused row is part of it, else
 * the focused row alone, which is selected then.
 *
 * Arrow keys move the focus and leave the selection, and VS Code tells extensions only of the
 * latter: the row that its own command adds to the selection, or takes from it, is the focused one.
 */
export async function focusedRows(
  view: vscode.TreeView<RegistryTreeNode>,
): Promise<readonly RegistryTreeNode[]> {
  const before = view.selection;
  await vscode.commands.executeCommand("list.toggleSelection");
  const after = view.selection;
  const added = after.find((row) => !before.includes(row));
  if (added) {
    await view.reveal(added, { select: true, focus: true });
    return [added];
  }
  // The focused row was selected, and is so again.
  if (after.length < before.length) await vscode.commands.executeCommand("list.toggleSelection");
  return before;
}
