import * as vscode from "vscode";

/** Opens a file in an editor, at a line that counts from 1, or at its begin. */
export async function openFileAt(file: string, line: number | undefined): Promise<void> {
  const position = new vscode.Position((line ?? 1) - 1, 0);
  const selection = new vscode.Range(position, position);
  await vscode.window.showTextDocument(vscode.Uri.file(file), { selection });
}
