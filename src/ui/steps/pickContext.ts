import * as vscode from "vscode";
import { pickOne } from "../pickOne.js";
import type { StepAnswer, StepPosition } from "../wizard.js";

/** Asks which folder's files the build may copy. */
export async function pickContext(
  folders: readonly string[],
  current: string | undefined,
  position: StepPosition,
): Promise<StepAnswer<string>> {
  return await pickOne<string>(position, {
    placeholder: vscode.l10n.t("Build context: the folder that COPY reads from"),
    isActive: (folder) => folder === current,
    load: (show) => {
      show(folders.map(folderItem));
      return Promise.resolve();
    },
  });
}

function folderItem(folder: string, index: number): vscode.QuickPickItem & { value: string } {
  return {
    label: folderLabel(folder),
    description:
      index === 0
        ? vscode.l10n.t("the Dockerfile's folder")
        : vscode.l10n.t("the workspace folder"),
    iconPath: new vscode.ThemeIcon("folder"),
    value: folder,
  };
}

/** Names a folder from its workspace folder on: `shop/api`. */
export function folderLabel(folder: string): string {
  const workspaceFolder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(folder));
  return workspaceFolder?.uri.fsPath === folder
    ? workspaceFolder.name
    : vscode.workspace.asRelativePath(folder, true);
}
