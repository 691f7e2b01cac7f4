import * as vscode from "vscode";
import type { RegistriesView } from "../explorer/registriesView.js";
import type { LocalImagesNode } from "./localImageNodes.js";
import type { LocalImagesTree, LocalImagesTreePorts } from "./localImagesTree.js";

/** What the view reads from, and whose changes it follows. */
export interface LocalImagesViewPorts extends LocalImagesTreePorts {
  readonly explorer: Pick<RegistriesView, "ifLoaded" | "onDidChangeTreeData">;
}

/** Time between two drawings while a registry is read, which tells of each page. */
const REDRAW_PAUSE_MS = 1000;

/** The view of local images; its tree loads when VS Code first asks for rows. */
export class LocalImagesView
  implements vscode.TreeDataProvider<LocalImagesNode>, vscode.Disposable
{
  readonly #changed = new vscode.EventEmitter<LocalImagesNode | undefined>();
  #loading: Promise<LocalImagesTree> | undefined;
  #redrawing: ReturnType<typeof setTimeout> | undefined;
  readonly onDidChangeTreeData = this.#changed.event;
  /** The view itself. */
  readonly view: vscode.TreeView<LocalImagesNode>;

  constructor(private readonly ports: LocalImagesViewPorts) {
    this.view = vscode.window.createTreeView("ecr.localImages", {
      treeDataProvider: this,
      canSelectMany: true,
    });
    // What a terminal has built or removed meanwhile is seen when somebody looks.
    this.view.onDidChangeVisibility(({ visible }) => {
      if (visible) this.refresh();
    });
    ports.explorer.onDidChangeTreeData(() => {
      this.#redrawSoon();
    });
  }

  /** Returns the tree, for those who need it whether or not the view has been open. */
  tree(): Promise<LocalImagesTree> {
    return (this.#loading ??= this.#load());
  }

  /** Asks the engine anew, as its images may have changed. */
  refresh(): void {
    this.ports.held.forget();
    void this.#loading?.then((tree) => {
      tree.forgetChecks();
    });
    this.#changed.fire(undefined);
  }

  /** Opens the view at an image. */
  async show(imageId: string): Promise<void> {
    this.refresh();
    await vscode.commands.executeCommand("ecr.localImages.focus");
    const node = await (await this.tree()).findImage(imageId);
    if (node) await this.view.reveal(node, { select: true, focus: true });
  }

  async getTreeItem(node: LocalImagesNode): Promise<vscode.TreeItem> {
    return (await this.tree()).getTreeItem(node);
  }

  async getChildren(node?: LocalImagesNode): Promise<LocalImagesNode[]> {
    return (await this.tree()).getChildren(node);
  }

  async getParent(node: LocalImagesNode): Promise<LocalImagesNode | undefined> {
    return (await this.tree()).getParent(node);
  }

  async resolveTreeItem(item: vscode.TreeItem, node: LocalImagesNode): Promise<vscode.TreeItem> {
    return (await this.tree()).resolveTreeItem(item, node);
  }

  dispose(): void {
    clearTimeout(this.#redrawing);
    this.view.dispose();
  }

  async #load(): Promise<LocalImagesTree> {
    const { LocalImagesTree } = await import("./localImagesTree.js");
    const tree = new LocalImagesTree(this.ports);
    tree.onDidChangeTreeData((node) => {
      this.#changed.fire(node);
    });
    return tree;
  }

  /** Draws the rows anew in a moment, as more may be known of registries. */
  #redrawSoon(): void {
    if (!this.view.visible) return;
    this.#redrawing ??= setTimeout(() => {
      this.#redrawing = undefined;
      this.#changed.fire(undefined);
    }, REDRAW_PAUSE_MS);
  }
}
