import type * as vscode from "vscode";
import { ImageIndex } from "../../core/images/imageIndex.js";
import type { ImageOrder } from "../../core/images/imageOrder.js";
import { isIndex, type RegistryLocation } from "../../core/registry.js";
import { logFailure } from "../failureLog.js";
import { familyNodes } from "./familyNodes.js";
import { ImageOrders } from "./imageOrders.js";
import type { ImageReading } from "./imageReading.js";
import { noteReading } from "./readingNote.js";
import type { RegistryBranch } from "./registryBranch.js";
import type { ImageNode, RegistryTreeNode, RepositoryNode } from "./registryNodes.js";

/** Where the images of a tree are, and whom they tell. */
export interface TreeImagesPorts {
  readonly branches: () => readonly RegistryBranch[];
  readonly branchOf: (location: RegistryLocation) => RegistryBranch | undefined;
  /** Asks for the rows below a node anew. */
  readonly onChange: (node: RegistryTreeNode) => void;
  readonly log: vscode.LogOutputChannel;
}

/** The images in a tree of registries: how they are arranged, and what of them can be found. */
export class TreeImages {
  readonly orders: ImageOrders;
  /** What can be found of the images that were read. */
  readonly index = new ImageIndex();

  constructor(
    state: vscode.Memento,
    private readonly ports: TreeImagesPorts,
  ) {
    this.orders = new ImageOrders(state);
  }

  /** What was read of the images of a repository; begins to read them unless that has happened. */
  of({ location, repository }: RepositoryNode): ImageReading | undefined {
    return this.ports.branchOf(location)?.images.of(repository.name);
  }

  /** Adds to a repository's row how its images were read. */
  note(item: vscode.TreeItem, { location, repository }: RepositoryNode): vscode.TreeItem {
    const reading = this.ports.branchOf(location)?.images.ifBegun(repository.name);
    return noteReading(item, reading, new Date());
  }

  /** Puts the images of a repository into another order, and remembers it. */
  async sort(node: RepositoryNode, order: ImageOrder): Promise<void> {
    await this.orders.keep(node.location, node.repository.name, order);
    await this.of(node)?.sort(order);
    this.#changed(node);
  }

  /** Shows only the images of a repository that fit a text; all for an empty one. */
  filter(node: RepositoryNode, text: string): void {
    this.of(node)?.setFilter(text);
    this.#changed(node);
  }

  /** Shows more images of a repository; reads anew where somebody had stopped that. */
  showMore(node: RepositoryNode): void {
    const reading = this.of(node);
    reading?.showMore();
    if (reading && !reading.isComplete && reading.readSoFar === undefined) void reading.readAnew();
    this.#changed(node);
  }

  /** Reads anew what was read long ago, as when somebody comes back to the window. */
  refreshOld(): void {
    for (const branch of this.ports.branches()) branch.images.refreshOld(new Date());
  }

  /** What stands below an image; an index waits until ECR has told what it holds. */
  async familyOf(node: ImageNode): Promise<RegistryTreeNode[]> {
    if (node.within) return [];
    const reading = this.ports.branchOf(node.location)?.images.of(node.repository.name);
    try {
      const isKnown = (node.family?.platforms.length ?? 0) > 0 || !isIndex(node.image);
      const read = isKnown ? node.family : await reading?.readFamily(node.image.digest);
      return read ? familyNodes(node, read) : [];
    } catch (error) {
      logFailure(this.ports.log, `read the index ${node.image.digest}`, error);
      return [{ kind: "failure", parent: node, error }];
    }
  }

  /** VS Code takes a change only of the row that it knows, which may be from before a refresh. */
  #changed({ location, repository }: RepositoryNode): void {
    const shown = this.ports.branchOf(location)?.repositoryNode(repository.name);
    if (shown) this.ports.onChange(shown);
  }
}
