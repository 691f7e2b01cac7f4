import * as vscode from "vscode";
import { EcrError } from "../../core/errors.js";
import { addIgnoreLines, ignoreLine } from "../../core/context/ignoreFile.js";

/**
 * Adds paths of a context to its ignore file, which is made where there is none.
 *
 * A file that is open in an editor changes there, can be undone there, and is saved: the build
 * reads the disk. Fails with `ignore-file-unwritable`.
 */
export async function writeIgnoreFile(file: string, paths: readonly string[]): Promise<void> {
  const uri = vscode.Uri.file(file);
  const lines = paths.map((path) => ignoreLine(path, process.platform === "win32"));
  try {
    const open = vscode.workspace.textDocuments.find(
      (document) => document.uri.toString() === uri.toString() && !document.isClosed,
    );
    if (open) await editDocument(open, lines);
    else await writeFile(uri, lines);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EcrError({ kind: "ignore-file-unwritable", path: file, reason }, { cause: error });
  }
}

async function editDocument(
  document: vscode.TextDocument,
  lines: readonly string[],
): Promise<void> {
  const before = document.getText();
  const after = addIgnoreLines(before, lines);
  const edit = new vscode.WorkspaceEdit();
  // What does not change stays untouched, and with it the cursors in it.
  const start = commonStart(before, after);
  const end = document.positionAt(before.length);
  edit.replace(document.uri, new vscode.Range(document.positionAt(start), end), after.slice(start));
  if (after !== before && !(await vscode.workspace.applyEdit(edit))) {
    throw new Error("the editor refused the change");
  }
  if (document.isDirty && !(await document.save())) throw new Error("the editor did not save it");
}

async function writeFile(uri: vscode.Uri, lines: readonly string[]): Promise<void> {
  const before = await readText(uri);
  const after = addIgnoreLines(before, lines);
  if (after !== before) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(after));
}

async function readText(uri: vscode.Uri): Promise<string> {
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") return "";
    throw error;
  }
}

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}
