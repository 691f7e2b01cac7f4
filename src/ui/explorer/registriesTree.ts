import * as vscode from "vscode";
import type { SeenInEcr } from "../../core/inEcr.js";
import { isIndex, registryKey, type RegistryLocation } from "../../core/registry.js";
import { setContextKey } from "../contextKeys.js";
import { logFailure } from "../failureLog.js";
import { familyNodes } from "./familyNodes.js";
import { RegistryBranch, type RegistryBranchPorts } from "./registryBranch.js";
import type { FailureNode, ImageNode, RegistryTreeNode, RepositoryNode } from "./registryNodes.js";
import { rowItem, rowTooltip } from "./rowItem.js";
import { collectSeen } from "./seenImages.js";
import type { ShownRegistries } from "./shownRegistries.js";
import { welcomeFor } from "./welcomeFor.js";

/** What the tree reads from. */
export interface RegistriesTreePorts extends Omit<RegistryBranchPorts, "onChange"> {
  readonly shown: ShownRegistries;
}

/** The tree of the shown registries: repositories by name, images newest first. */
export class RegistriesTree implements vscode.TreeDataProvider<RegistryTreeNode> {
  readonly #changed = new vscode.EventEmitter<RegistryTreeNode | undefined>();
  readonly #branches = new Map<string, RegistryBranch>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(private readonly ports: RegistriesTreePorts) {}

  getTreeItem(node: RegistryTreeNode): vscode.TreeItem {
    return rowItem(node);
  }

  resolveTreeItem(item: vscode.TreeItem, node: RegistryTreeNode): vscode.TreeItem {
    const tooltip = rowTooltip(node);
    if (tooltip) item.tooltip = tooltip;
    return item;
  }

  getParent(node: RegistryTreeNode): RegistryTreeNode | undefined {
    switch (node.kind) {
      case "registry":
        return undefined;
      case "repository":
        return this.#branchOf(node.location)?.node;
      case "image":
        return (
          node.within?.parent ?? this.#branchOf(node.location)?.repositoryNode(node.repository.name)
        );
      case "caches":
      case "more":
        return node.repositoryNode;
      case "empty":
      case "failure":
        return node.parent;
    }
  }

  async getChildren(node?: RegistryTreeNode): Promise<RegistryTreeNode[]> {
    if (!node) return await this.#roots();
    switch (node.kind) {
      case "registry":
        return (await this.#branchOf(node.location)?.repositoryRows()) ?? [];
      case "repository":
        return (await this.#branchOf(node.location)?.imageRows(node)) ?? [];
      case "image":
        return await this.#familyOf(node);
      case "caches": {
        const { location, repository } = node.repositoryNode;
        return node.images.map((image) => ({ kind: "image", location, repository, image }));
      }
      case "more":
      case "empty":
      case "failure":
        return [];
    }
  }

  /** Reads everything anew. */
  refresh(): void {
    this.refreshWhere(() => true);
  }

  /** Reads the registries anew that are meant; all of them where none is known. */
  refreshWhere(isMeant: (location: RegistryLocation) => boolean): void {
    for (const branch of this.#branches.values()) {
      if (isMeant(branch.node.location)) branch.forget();
    }
    this.#changed.fire(undefined);
  }

  /** Shows what was added, and no more what was removed; reads nothing anew. */
  relist(): void {
    this.#changed.fire(undefined);
  }

  /** Reads the registries anew that could not be read before. */
  refreshFailed(): void {
    const failed = [...this.#branches.values()].filter(({ failure }) => failure);
    const keys = new Set(failed.map(({ node }) => registryKey(node.location)));
    if (keys.size > 0) this.refreshWhere((location) => keys.has(registryKey(location)));
  }

  /** Reads anew what a failure kept from being read. */
  retry({ parent }: FailureNode): void {
    if (!parent) this.refresh();
    else if (parent.kind === "registry") {
      const key = registryKey(parent.location);
      this.refreshWhere((location) => registryKey(location) === key);
    } else this.refreshRepository(parent.location, parent.repository.name);
  }

  /** Reads one repository's images anew, or all repositories when it is not known yet. */
  refreshRepository(location: RegistryLocation, name: string): void {
    this.#branchOf(location)?.refreshRepository(name);
  }

  /** Shows more images of a repository. */
  showMore(node: RepositoryNode): void {
    this.#branchOf(node.location)?.images.of(node.repository.name).showMore();
    this.#changed.fire(node);
  }

  /** Finds the row of an image, reading what must be read; undefined when it is not shown. */
  async findImage(
    location: RegistryLocation,
    repository: string,
    digest: string,
  ): Promise<ImageNode | undefined> {
    await this.getChildren();
    const branch = this.#branchOf(location);
    await branch?.repositoryRows();
    const node = branch?.repositoryNode(repository);
    const images = node ? await this.getChildren(node) : [];
    return images.find(
      (child): child is ImageNode => child.kind === "image" && child.image.digest === digest,
    );
  }

  /** Tells what is known of images of these digests, out of what was read; asks nobody. */
  seen(digests: ReadonlySet<string>): SeenInEcr {
    const read = [...this.#branches.values()].flatMap((branch) => [...branch.read()]);
    return collectSeen(read, digests);
  }

  #branchOf(location: RegistryLocation): RegistryBranch | undefined {
    return this.#branches.get(registryKey(location));
  }

  async #roots(): Promise<RegistryTreeNode[]> {
    const { chosen, added, failure } = await this.ports.shown.list();
    const locations = chosen ? [chosen, ...added] : added;
    this.#keepOnly(locations);
    const branches = locations.map((location) => this.#open(location, location === chosen));
    if (failure) logFailure(this.ports.log, "read the registry's settings", failure.error);
    if (branches.length === 0) return this.#welcome(failure?.error);
    const [first] = branches;
    if (branches.length === 1 && first && !failure) return await this.#onlyRoot(first);
    setContextKey("ecr.registryState", "ready");
    if (chosen) await first?.begin();
    const rows: RegistryTreeNode[] = branches.map((branch) => branch.show());
    if (failure) rows.unshift({ kind: "failure", parent: undefined, error: failure.error });
    return rows;
  }

  /** A registry that is alone is told about in full where it has no rows to show. */
  async #onlyRoot(branch: RegistryBranch): Promise<RegistryTreeNode[]> {
    await branch.begin();
    const { items = [], isComplete = false } = branch.repositories ?? {};
    if (items.length === 0 && branch.failure && welcomeFor(branch.failure.error)) {
      return this.#welcome(branch.failure.error);
    }
    const isEmpty = items.length === 0 && isComplete;
    setContextKey("ecr.registryState", isEmpty ? "no-repositories" : "ready");
    return isEmpty ? [] : [branch.show()];
  }

  /** Leaves the word to a welcome view, where one helps. */
  #welcome(error: unknown): RegistryTreeNode[] {
    const welcome = welcomeFor(error);
    setContextKey("ecr.registryState", welcome ?? "ready");
    return welcome ? [] : [{ kind: "failure", parent: undefined, error }];
  }

  #open(location: RegistryLocation, isChosen: boolean): RegistryBranch {
    const key = registryKey(location);
    const known = this.#branches.get(key);
    known?.setChosen(isChosen);
    if (known) return known;
    const onChange = (node: RegistryTreeNode | undefined): void => {
      this.#changed.fire(node);
    };
    const branch = new RegistryBranch({ ...this.ports, onChange }, location, isChosen);
    this.#branches.set(key, branch);
    return branch;
  }

  /** Lets go of registries that are not shown any more. */
  #keepOnly(locations: readonly RegistryLocation[]): void {
    const keys = new Set(locations.map(registryKey));
    for (const [key, branch] of this.#branches) {
      if (keys.has(key)) continue;
      branch.forget();
      this.#branches.delete(key);
    }
  }

  /** What stands below an image; an index waits until ECR has told what it holds. */
  async #familyOf(node: ImageNode): Promise<RegistryTreeNode[]> {
    if (node.within) return [];
    const reading = this.#branchOf(node.location)?.images.of(node.repository.name);
    try {
      const isKnown = (node.family?.platforms.length ?? 0) > 0 || !isIndex(node.image);
      const read = isKnown ? node.family : await reading?.readFamily(node.image.digest);
      return read ? familyNodes(node, read) : [];
    } catch (error) {
      logFailure(this.ports.log, `read the index ${node.image.digest}`, error);
      return [{ kind: "failure", parent: node, error }];
    }
  }
}
