import * as vscode from "vscode";
import type { BuildHistory } from "./buildHistory.js";
import type { BuildTreeNode } from "./buildNodes.js";
import { BuildsTree } from "./buildsTree.js";

/**
 * The *Builds* view: opens with the first build as soon as its neighbours are seen, and counts the
 * running builds on the sidebar's icon.
 */
export class BuildsView implements vscode.Disposable {
  readonly #tree: BuildsTree;
  readonly #view: vscode.TreeView<BuildTreeNode>;
  readonly #listeners: vscode.Disposable[] = [];
  #wasOpened = false;

  constructor(
    private readonly history: BuildHistory,
    private readonly neighbours: readonly vscode.TreeView<unknown>[],
  ) {
    this.#tree = new BuildsTree(history);
    this.#view = vscode.window.createTreeView("ecr.builds", { treeDataProvider: this.#tree });
    this.#listeners.push(
      this.#view.onDidChangeVisibility(({ visible }) => {
        this.#tree.setVisible(visible);
      }),
      history.onDidChange(() => {
        this.#countRunning();
        this.#openOnce();
      }),
      ...neighbours.map((view) =>
        view.onDidChangeVisibility(() => {
          this.#openOnce();
        }),
      ),
    );
    this.#tree.setVisible(this.#view.visible);
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#view.dispose();
    this.#tree.dispose();
  }

  #countRunning(): void {
    const running = this.history.builds.filter(({ state }) => state === "running").length;
    if (running === (this.#view.badge?.value ?? 0)) return;
    const tooltip =
      running === 1
        ? vscode.l10n.t("1 build is running")
        : vscode.l10n.t("{0} builds are running", running);
    this.#view.badge = running === 0 ? undefined : { value: running, tooltip };
  }

  /** Opens the view once, and never the sidebar, which people may keep closed. */
  #openOnce(): void {
    if (this.#wasOpened || !this.neighbours.some(({ visible }) => visible)) return;
    void this.#reveal();
  }

  async #reveal(): Promise<void> {
    const [first] = await this.#tree.getChildren();
    if (!first || this.#wasOpened) return;
    this.#wasOpened = true;
    await this.#view.reveal(first, { expand: true, focus: false, select: false });
  }
}
