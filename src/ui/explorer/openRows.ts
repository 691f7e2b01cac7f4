import * as vscode from "vscode";

const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

/** Which rows are open, for those that come back: VS Code forgets it when a filter hides a row. */
export class OpenRows {
  readonly #ids = new Set<string>();

  /** Hears that somebody has opened or closed a row. */
  note({ id }: vscode.TreeItem, isOpen: boolean): void {
    if (id === undefined) return;
    if (isOpen) this.#ids.add(id);
    else this.#ids.delete(id);
  }

  /** Opens a row that was open, and returns it. */
  apply(item: vscode.TreeItem): vscode.TreeItem {
    const wasOpen = item.id !== undefined && this.#ids.has(item.id);
    if (wasOpen && item.collapsibleState === Collapsed) item.collapsibleState = Expanded;
    return item;
  }
}
