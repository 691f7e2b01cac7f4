import * as vscode from "vscode";
import type { SeenInEcr } from "../../core/images/inEcr.js";
import { parentNamespace } from "../../core/repositories/namespaces.js";
import { registryKey, type RegistryLocation } from "../../core/registry.js";
import { setContextKey } from "../contextKeys.js";
import { logFailure } from "../failureLog.js";
import { OpenRows } from "./openRows.js";
import type { RegistryBranch } from "./registryBranch.js";
import type { RegistriesTreePorts } from "./registriesTreePorts.js";
import { RegistryBranches } from "./registryBranches.js";
import type {
  FailureNode,
  ImageNode,
  MoreRepositoriesNode,
  RegistryTreeNode,
  RepositoryNode,
} from "./registryNodes.js";
import { describeRepository } from "./repositoryExtras.js";
import type { RepositoryArrangement } from "./repositoryArrangement.js";
import { rowItem, rowTooltip } from "./rowItem.js";
import { collectSeen } from "./seenImages.js";
import { TreeImages } from "./treeImages.js";
import { welcomeFor } from "./welcomeFor.js";

/** The tree of the shown registries: repositories by name, images newest first. */
export class RegistriesTree implements vscode.TreeDataProvider<RegistryTreeNode> {
  readonly #changed = new vscode.EventEmitter<RegistryTreeNode | undefined>();
  readonly #branches: RegistryBranches;
  /** The images of its repositories. */
  readonly images: TreeImages;
  readonly onDidChangeTreeData = this.#changed.event;
  /** Which rows are open. */
  readonly open = new OpenRows();

  constructor(private readonly ports: RegistriesTreePorts) {
    const onChange = this.#show.bind(this);
    this.images = new TreeImages(ports.state, {
      branches: () => this.#branches.all(),
      branchOf: (location) => this.#branches.of(location),
      onChange,
      log: ports.log,
    });
    const { orders, index } = this.images;
    this.#branches = new RegistryBranches({ ...ports, onChange, orders, index });
    ports.arrangement.onDidChange(() => {
      this.#branches.rearrange();
      this.#show(undefined);
    });
  }

  /** How the repositories stand. */
  get arrangement(): RepositoryArrangement {
    return this.ports.arrangement;
  }

  getTreeItem(node: RegistryTreeNode): vscode.TreeItem {
    const item = this.open.apply(rowItem(node));
    return node.kind === "repository" ? this.images.note(item, node) : item;
  }

  async resolveTreeItem(item: vscode.TreeItem, node: RegistryTreeNode): Promise<vscode.TreeItem> {
    const tooltip =
      node.kind === "repository"
        ? await describeRepository(
            node,
            this.ports.registries,
            this.#branches.of(node.location)?.facts,
          )
        : rowTooltip(node);
    if (tooltip) item.tooltip = tooltip;
    return item;
  }

  getParent(node: RegistryTreeNode): RegistryTreeNode | undefined {
    switch (node.kind) {
      case "registry":
        return undefined;
      case "namespace":
        return this.#aboveIn(node.location, parentNamespace(node.path));
      case "repository":
        return this.#aboveIn(node.location, node.place?.namespace);
      case "image":
        return (
          node.within?.parent ??
          this.#branches.of(node.location)?.repositoryNode(node.repository.name)
        );
      case "caches":
      case "more":
      case "filter":
        return node.repositoryNode;
      case "moreRepositories":
      case "empty":
      case "failure":
        return node.parent;
    }
  }

  async getChildren(node?: RegistryTreeNode): Promise<RegistryTreeNode[]> {
    if (!node) return await this.#roots();
    switch (node.kind) {
      case "registry":
      case "namespace":
        return (await this.#branches.of(node.location)?.repositoryRows(node)) ?? [];
      case "repository":
        return (await this.#branches.of(node.location)?.imageRows(node)) ?? [];
      case "image":
        return await this.images.familyOf(node);
      case "caches": {
        const { location, repository } = node.repositoryNode;
        return node.images.map((image) => ({ kind: "image", location, repository, image }));
      }
      case "more":
      case "filter":
      case "moreRepositories":
      case "empty":
      case "failure":
        return [];
    }
  }

  /** Reads everything anew. */
  refresh(): void {
    this.refreshWhere(() => true);
  }

  /** Reads the registries anew that are meant, and shows what was added or removed. */
  refreshWhere(isMeant: (location: RegistryLocation) => boolean): void {
    for (const branch of this.#branches.all()) {
      if (isMeant(branch.node.location)) branch.readAnew();
    }
    this.#changed.fire(undefined);
  }

  /** Reads the registries anew that could not be read before. */
  refreshFailed(): void {
    const failed = this.#branches.all().filter(({ failure }) => failure);
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
    this.#branches.of(location)?.refreshRepository(name);
  }

  /** Shows more repositories of a registry or namespace. */
  showMoreRepositories({ parent }: MoreRepositoriesNode): void {
    this.#branches.of(parent.location)?.showMore(parent);
  }

  /** The registries of whose repositories a filter finds some. */
  registriesWithMatches(): readonly RegistryTreeNode[] {
    return this.#branches.withMatches().map(({ node }) => node);
  }

  /** Finds the row of a repository, reading what must be read; undefined when there is none. */
  async findRepository(
    location: RegistryLocation,
    repository: string,
  ): Promise<RepositoryNode | undefined> {
    await this.getChildren();
    return await this.#branches.of(location)?.findRow(repository);
  }

  /** Finds the row of an image, reading what must be read; undefined when there is none. */
  async findImage(
    location: RegistryLocation,
    repository: string,
    digest: string,
  ): Promise<ImageNode | undefined> {
    const node = await this.findRepository(location, repository);
    if (!node || !(await this.images.of(node)?.find(digest))) return undefined;
    const images = await this.getChildren(node);
    return images.find(
      (child): child is ImageNode => child.kind === "image" && child.image.digest === digest,
    );
  }

  /** Tells what is known of images of these digests, out of what was read; asks nobody. */
  seen(digests: ReadonlySet<string>): SeenInEcr {
    const read = this.#branches.all().flatMap((branch) => [...branch.read()]);
    return collectSeen(read, digests);
  }

  /** What holds the rows of a namespace, or of the top. */
  #aboveIn(location: RegistryLocation, path: string | undefined): RegistryTreeNode | undefined {
    const branch = this.#branches.of(location);
    return path === undefined ? branch?.node : branch?.namespaceNode(path);
  }

  /** Asks for rows anew, and says what a filter finds among them. */
  #show(node: RegistryTreeNode | undefined): void {
    this.ports.say(this.#branches.message());
    // Registries come and go with what is found in them.
    this.#changed.fire(this.arrangement.filter && node?.kind === "registry" ? undefined : node);
  }

  async #roots(): Promise<RegistryTreeNode[]> {
    const { chosen, added, failure } = await this.ports.shown.list();
    const locations = chosen ? [chosen, ...added] : added;
    this.#branches.keepOnly(locations);
    const branches = locations.map((location) =>
      this.#branches.open(location, location === chosen),
    );
    if (failure) logFailure(this.ports.log, "read the registry's settings", failure.error);
    if (branches.length === 0) return this.#welcome(failure?.error);
    const [first] = branches;
    if (branches.length === 1 && first && !failure) return await this.#onlyRoot(first);
    setContextKey("ecr.registryState", "ready");
    const rows: RegistryTreeNode[] = this.#branches.visible(branches).map((one) => one.show());
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
}
