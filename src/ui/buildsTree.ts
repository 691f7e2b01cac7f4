import * as vscode from "vscode";
import type { BuildHistory } from "./buildHistory.js";
import type { BuildNode, BuildTreeNode } from "./buildNodes.js";

/** Least time between two updates of a build's rows. */
const REFRESH_MS = 500;
/** How often the times of running builds are shown anew. */
const TICK_MS = 1000;

/** The builds of this window, newest first, with their steps; rows keep their place while it runs. */
export class BuildsTree implements vscode.TreeDataProvider<BuildTreeNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<BuildTreeNode | undefined>();
  readonly #nodes = new Map<string, BuildNode>();
  readonly #stale = new Set<string>();
  readonly #listener: vscode.Disposable;
  #isVisible = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(private readonly history: BuildHistory) {
    this.#listener = history.onDidChange((id) => {
      if (id === undefined) {
        this.#changed.fire(undefined);
        this.#schedule(TICK_MS);
        return;
      }
      this.#stale.add(id);
      this.#schedule(REFRESH_MS);
    });
  }

  async getTreeItem(node: BuildTreeNode): Promise<vscode.TreeItem> {
    const rows = await import("./buildRows.js");
    const now = new Date();
    switch (node.kind) {
      case "build": {
        const build = this.history.find(node.id);
        return build ? rows.buildRow(build, now) : new vscode.TreeItem("");
      }
      case "build-stage":
        return rows.stageRow(node);
      case "build-step":
        return rows.stepRow(node, now);
      case "build-status":
        return rows.statusRow(node);
      case "build-failure":
        return rows.buildFailureRow(node);
    }
  }

  async resolveTreeItem(item: vscode.TreeItem, node: BuildTreeNode): Promise<vscode.TreeItem> {
    const build = node.kind === "build" ? this.history.find(node.id) : undefined;
    if (build) item.tooltip = (await import("./buildRows.js")).buildTooltip(build);
    return item;
  }

  async getChildren(node?: BuildTreeNode): Promise<BuildTreeNode[]> {
    if (!node) return this.#roots();
    const { buildChildren, partChildren } = await import("./buildNodes.js");
    if (node.kind === "build") {
      const build = this.history.find(node.id);
      return build ? buildChildren(build) : [];
    }
    return node.kind === "build-stage" || node.kind === "build-step" ? partChildren(node) : [];
  }

  getParent(): undefined {
    // Only builds are revealed, and they are roots.
    return undefined;
  }

  /** Rows that nobody sees are not refreshed. */
  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible;
    if (isVisible) this.#refresh();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listener.dispose();
    this.#changed.dispose();
  }

  #roots(): BuildNode[] {
    const ids = this.history.builds.map(({ id }) => id);
    for (const id of this.#nodes.keys()) if (!ids.includes(id)) this.#nodes.delete(id);
    // The same object each time, so that VS Code knows the row that is refreshed.
    return ids.map((id) => {
      const node: BuildNode = this.#nodes.get(id) ?? { kind: "build", id };
      this.#nodes.set(id, node);
      return node;
    });
  }

  #schedule(delayMs: number): void {
    if (!this.#isVisible) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#refresh();
    }, delayMs);
  }

  #refresh(): void {
    const running = this.history.builds.filter(({ state }) => state === "running");
    for (const { id } of running) this.#stale.add(id);
    for (const id of this.#stale) {
      const node = this.#nodes.get(id);
      if (node) this.#changed.fire(node);
    }
    this.#stale.clear();
    if (running.length > 0) this.#schedule(TICK_MS);
  }
}
