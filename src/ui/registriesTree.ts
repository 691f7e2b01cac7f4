import * as vscode from "vscode";
import { readRepositories } from "../core/catalog.js";
import { isBuildCache } from "../core/foldImages.js";
import type { OpenRegistries } from "../core/openRegistries.js";
import { isIndex, registryKey, type RegistryLocation, type Repository } from "../core/registry.js";
import { setContextKey } from "./contextKeys.js";
import { logFailure } from "./failureLog.js";
import { familyNodes } from "./familyNodes.js";
import { ImageReading } from "./imageReading.js";
import type { RegistryChoice } from "./registryChoice.js";
import type { ImageNode, RegistryNode, RegistryTreeNode, RepositoryNode } from "./registryNodes.js";
import { welcomeFor } from "./welcomeFor.js";

/** What the tree reads from. */
export interface RegistriesTreePorts {
  readonly choice: RegistryChoice;
  readonly registries: OpenRegistries;
  readonly log: vscode.LogOutputChannel;
  /** Tells the rest of the window that a registry is in use. */
  readonly markUsed: (location: RegistryLocation) => void;
  /** Tells whose registry it is, once AWS has said so. */
  readonly onAccount: (location: RegistryLocation, accountId: string) => void;
}

/** What reading a registry's repositories came to. */
type RepositoriesRead =
  | { readonly kind: "read"; readonly repositories: readonly Repository[] }
  | { readonly kind: "failed"; readonly error: unknown };

/** The tree of the chosen registry: repositories by name, images newest first. */
export class RegistriesTree implements vscode.TreeDataProvider<RegistryTreeNode> {
  readonly #changed = new vscode.EventEmitter<RegistryTreeNode | undefined>();
  readonly #readings = new Map<string, ImageReading>();
  readonly #repositoryNodes = new Map<string, RepositoryNode>();
  #root: RegistryNode | undefined;
  #read: Promise<RepositoriesRead> | undefined;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(private readonly ports: RegistriesTreePorts) {}

  async getTreeItem(node: RegistryTreeNode): Promise<vscode.TreeItem> {
    return (await import("./registryItems.js")).registryItem(node);
  }

  async resolveTreeItem(item: vscode.TreeItem, node: RegistryTreeNode): Promise<vscode.TreeItem> {
    const tooltip = (await import("./registryItems.js")).registryTooltip(node);
    if (tooltip) item.tooltip = tooltip;
    return item;
  }

  getParent(node: RegistryTreeNode): RegistryTreeNode | undefined {
    switch (node.kind) {
      case "registry":
        return undefined;
      case "repository":
        return this.#root;
      case "image":
        return node.within?.parent ?? this.#repositoryNodes.get(node.repository.name);
      case "caches":
      case "more":
      case "empty":
        return node.repositoryNode;
      case "failure":
        return node.parent;
    }
  }

  async getChildren(node?: RegistryTreeNode): Promise<RegistryTreeNode[]> {
    if (!node) return await this.#roots();
    if (node.kind === "registry") return await this.#repositories(node);
    if (node.kind === "repository") return await this.#images(node);
    if (node.kind === "image") return await this.#familyOf(node);
    if (node.kind === "caches") {
      const { location, repository } = node.repositoryNode;
      return node.images.map((image) => ({ kind: "image", location, repository, image }));
    }
    return [];
  }

  /** Reads everything anew. */
  refresh(): void {
    for (const reading of this.#readings.values()) reading.stop();
    this.#readings.clear();
    this.#repositoryNodes.clear();
    this.#root = undefined;
    this.#read = undefined;
    this.#changed.fire(undefined);
  }

  /** Reads everything anew where a registry of these is shown, or none is. */
  refreshWhere(isMeant: (location: RegistryLocation) => boolean): void {
    if (!this.#root || isMeant(this.#root.location)) this.refresh();
  }

  /** Reads everything anew where that has failed before. */
  async refreshFailed(): Promise<void> {
    const read = await this.#read;
    if (read?.kind === "failed") this.refresh();
  }

  /** Reads one repository's images anew, or all repositories when it is not known yet. */
  refreshRepository(location: RegistryLocation, name: string): void {
    if (this.#root && registryKey(this.#root.location) !== registryKey(location)) return;
    const node = this.#repositoryNodes.get(name);
    if (!node) {
      this.refresh();
      return;
    }
    this.#readings.get(name)?.stop();
    this.#readings.delete(name);
    this.#changed.fire(node);
  }

  /** Shows more images of a repository. */
  showMore(node: RepositoryNode): void {
    this.#readings.get(node.repository.name)?.showMore();
    this.#changed.fire(node);
  }

  /** Finds the row of an image, reading what must be read; undefined when it is not shown. */
  async findImage(repository: string, digest: string): Promise<ImageNode | undefined> {
    const [root] = await this.getChildren();
    if (!root) return undefined;
    await this.getChildren(root);
    const node = this.#repositoryNodes.get(repository);
    const images = node ? await this.getChildren(node) : [];
    return images.find(
      (child): child is ImageNode => child.kind === "image" && child.image.digest === digest,
    );
  }

  async #roots(): Promise<RegistryTreeNode[]> {
    let location: RegistryLocation;
    try {
      location = await this.ports.choice.locate();
    } catch (error) {
      return this.#withoutRegistry(error);
    }
    this.ports.markUsed(location);
    this.#read ??= this.#readRepositories(location);
    const read = await this.#read;
    if (read.kind === "failed") return this.#failedRoot(location, read.error);
    setContextKey("ecr.registryState", read.repositories.length > 0 ? "ready" : "no-repositories");
    if (read.repositories.length === 0) return [];
    const [{ registryId } = { registryId: undefined }] = read.repositories;
    if (registryId !== undefined) this.ports.onAccount(location, registryId);
    this.#root = { kind: "registry", location, registryId };
    return [this.#root];
  }

  async #readRepositories(location: RegistryLocation): Promise<RepositoriesRead> {
    try {
      const registry = await this.ports.registries.open(location);
      let repositories: readonly Repository[] = [];
      for await (const listing of readRepositories(registry, new AbortController().signal)) {
        repositories = listing.items;
      }
      return { kind: "read", repositories };
    } catch (error) {
      return { kind: "failed", error };
    }
  }

  async #repositories(node: RegistryNode): Promise<RegistryTreeNode[]> {
    const read = await this.#read;
    if (!read) return [];
    if (read.kind === "failed") return [{ kind: "failure", parent: node, error: read.error }];
    return read.repositories.map((repository) => this.#repositoryNode(node.location, repository));
  }

  /** Keeps one node per repository, so that VS Code recognises its row when it is refreshed. */
  #repositoryNode(location: RegistryLocation, repository: Repository): RepositoryNode {
    const known = this.#repositoryNodes.get(repository.name);
    if (known?.repository === repository) return known;
    const node: RepositoryNode = { kind: "repository", location, repository };
    this.#repositoryNodes.set(repository.name, node);
    return node;
  }

  async #images(node: RepositoryNode): Promise<RegistryTreeNode[]> {
    const { location, repository } = node;
    const reading = this.#readings.get(repository.name) ?? this.#startReading(node);
    await reading.begun;
    const families = reading.families;
    const rows: RegistryTreeNode[] = families
      .filter(({ image }) => !isBuildCache(image))
      .map((family) => ({ kind: "image", location, repository, image: family.image, family }));
    const caches = families.filter(({ image }) => isBuildCache(image)).map(({ image }) => image);
    if (caches.length > 0) rows.push({ kind: "caches", repositoryNode: node, images: caches });
    const shown = reading.shown.length;
    if (reading.failure) {
      rows.push({ kind: "failure", parent: node, error: reading.failure.error });
    } else if (shown < reading.total || !reading.isComplete) {
      const { total, isComplete } = reading;
      rows.push({ kind: "more", repositoryNode: node, shown, total, isComplete });
    } else if (rows.length === 0) {
      rows.push({ kind: "empty", repositoryNode: node });
    }
    return rows;
  }

  /** What stands below an image; an index waits until ECR has told what it holds. */
  async #familyOf(node: ImageNode): Promise<RegistryTreeNode[]> {
    if (node.within) return [];
    const reading = this.#readings.get(node.repository.name);
    try {
      const isKnown = (node.family?.platforms.length ?? 0) > 0 || !isIndex(node.image);
      const read = isKnown ? node.family : await reading?.readFamily(node.image.digest);
      return read ? familyNodes(node, read) : [];
    } catch (error) {
      logFailure(this.ports.log, `read the index ${node.image.digest}`, error);
      return [{ kind: "failure", parent: node, error }];
    }
  }

  #startReading(node: RepositoryNode): ImageReading {
    const registry = this.ports.registries.open(node.location);
    const reading = new ImageReading(registry, node.repository.name, () => {
      this.#changed.fire(this.#repositoryNodes.get(node.repository.name) ?? node);
    });
    this.#readings.set(node.repository.name, reading);
    return reading;
  }

  #withoutRegistry(error: unknown): RegistryTreeNode[] {
    logFailure(this.ports.log, "read the registry's settings", error);
    const welcome = welcomeFor(error);
    setContextKey("ecr.registryState", welcome ?? "ready");
    return welcome ? [] : [{ kind: "failure", parent: undefined, error }];
  }

  #failedRoot(location: RegistryLocation, error: unknown): RegistryTreeNode[] {
    logFailure(this.ports.log, `read repositories of ${registryKey(location)}`, error);
    const welcome = welcomeFor(error);
    if (welcome) {
      setContextKey("ecr.registryState", welcome);
      return [];
    }
    setContextKey("ecr.registryState", "ready");
    this.#root = { kind: "registry", location, registryId: undefined };
    return [this.#root];
  }
}
