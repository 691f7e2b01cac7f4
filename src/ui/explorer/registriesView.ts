import * as vscode from "vscode";
import type { RegistriesTree } from "./registriesTree.js";
import type { RegistryTreeNode } from "./registryNodes.js";

/** The view of registries; its tree loads when VS Code first asks for rows. */
export class RegistriesView implements vscode.TreeDataProvider<RegistryTreeNode> {
  readonly #changed = new vscode.EventEmitter<RegistryTreeNode | undefined>();
  readonly #load: () => Promise<RegistriesTree>;
  #loading: Promise<RegistriesTree> | undefined;
  #tree: RegistriesTree | undefined;
  readonly onDidChangeTreeData = this.#changed.event;
  /** The view itself. */
  readonly view: vscode.TreeView<RegistryTreeNode>;

  constructor(load: () => Promise<RegistriesTree>) {
    this.#load = load;
    this.view = vscode.window.createTreeView("ecr.registries", {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: true,
    });
  }

  /** Returns the tree, for those who need it whether or not the view has been open. */
  tree(): Promise<RegistriesTree> {
    this.#loading ??= this.#load().then((tree) => {
      tree.onDidChangeTreeData((node) => {
        this.#changed.fire(node);
      });
      this.view.onDidExpandElement(({ element }) => {
        tree.open.note(tree.getTreeItem(element), true);
      });
      this.view.onDidCollapseElement(({ element }) => {
        tree.open.note(tree.getTreeItem(element), false);
      });
      return (this.#tree = tree);
    });
    return this.#loading;
  }

  /** Does something to the tree, unless nobody has seen it yet. */
  ifLoaded(work: (tree: RegistriesTree) => void): void {
    if (this.#tree) work(this.#tree);
  }

  async getTreeItem(node: RegistryTreeNode): Promise<vscode.TreeItem> {
    return (await this.tree()).getTreeItem(node);
  }

  async getChildren(node?: RegistryTreeNode): Promise<RegistryTreeNode[]> {
    return (await this.tree()).getChildren(node);
  }

  getParent(node: RegistryTreeNode): RegistryTreeNode | undefined {
    return this.#tree?.getParent(node);
  }

  async resolveTreeItem(item: vscode.TreeItem, node: RegistryTreeNode): Promise<vscode.TreeItem> {
    return (await this.tree()).resolveTreeItem(item, node);
  }
}
