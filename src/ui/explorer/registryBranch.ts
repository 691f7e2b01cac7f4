import type { Arrangement } from "../../core/repositories/arrangeRepositories.js";
import { type Listing, nothingRead } from "../../core/catalog.js";
import { matchesFilter } from "../../core/repositories/nameFilter.js";
import type { Registry } from "../../core/ports.js";
import { publicAlias } from "../../core/publicAlias.js";
import type { RegistryLocation, Repository } from "../../core/registry.js";
import { ImageReadings } from "./imageReadings.js";
import { imageRows } from "./imageRows.js";
import type { PagedReading } from "./pagedReading.js";
import { readRegistry } from "./readRegistry.js";
import type { RegistryBranchPorts } from "./registryBranchPorts.js";
import { RegistryFacts } from "./registryFacts.js";
import type {
  NamespaceNode,
  RegistryNode,
  RegistryTreeNode,
  RepositoryNode,
} from "./registryNodes.js";
import { RepositoryRows } from "./repositoryRows.js";
import type { ReadRepository } from "./seenImages.js";

/** One registry in the tree: its repositories by name, and their images. */
export class RegistryBranch {
  readonly #images: ImageReadings;
  readonly #rows = new RepositoryRows();
  #facts: RegistryFacts | undefined;
  #node: RegistryNode;
  /** The node that VS Code knows: it takes a change of no other. */
  #shown: RegistryNode | undefined;
  #reading: PagedReading<Repository> | undefined;

  constructor(
    private readonly ports: RegistryBranchPorts,
    location: RegistryLocation,
    isChosen: boolean,
  ) {
    this.#node = { kind: "registry", location, isChosen, registryId: undefined };
    this.#images = new ImageReadings({
      open: () => this.#open(),
      onMore: (repository) => {
        this.#changed(repository);
      },
      orderOf: (repository) => ports.orders.of(location, repository),
      pagesOf: (name) => {
        const repository = this.#find(name);
        return repository && ports.index.sink({ location, repository });
      },
    });
  }

  /** The registry as a row, with what is known of it by now. */
  get node(): RegistryNode {
    return this.#node;
  }

  /** Returns the row for VS Code to show. */
  show(): RegistryNode {
    return (this.#shown = this.#node);
  }

  /** The repositories as far as they are read; undefined before anybody asked for them. */
  get repositories(): Listing<Repository> | undefined {
    return this.#reading?.listing;
  }

  /** Why the repositories, or not all of them, can be read. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#reading?.failure;
  }

  /** The row of a repository; undefined while it is not read. */
  repositoryNode(name: string): RepositoryNode | undefined {
    return this.#rows.repositoryNode(name);
  }

  /** The row of a namespace; undefined while it is not read. */
  namespaceNode(path: string): NamespaceNode | undefined {
    return this.#rows.namespaceNode(path);
  }

  /** What it says about repositories by their names; undefined before anybody asked for them. */
  get facts(): RegistryFacts | undefined {
    return this.#facts;
  }

  /** Says whether this is the registry that the window works with. */
  setChosen(isChosen: boolean): void {
    if (this.#node.isChosen !== isChosen) this.#node = { ...this.#node, isChosen };
  }

  /** Reads the first page of the repositories, unless that has happened. */
  async begin(): Promise<void> {
    if (!this.#reading) this.ports.markUsed(this.#node.location);
    const reading = (this.#reading ??= this.#startReading());
    await reading.begun;
    const before = this.#node;
    this.#noteFailure();
    this.#noteAccount(reading.listing.items[0]);
    // A row that is shown without what it now tells is shown anew.
    if (this.#node !== before && this.#shown) reading.reportSoon();
  }

  /** The rows of the repositories that are read so far, in the registry or one of its namespaces. */
  async repositoryRows(
    parent: RegistryNode | NamespaceNode = this.#node,
  ): Promise<RegistryTreeNode[]> {
    await this.begin();
    const listing = this.repositories ?? nothingRead;
    const arrangement = this.#arrangement;
    const rows = this.#rows.below(parent, listing, arrangement, this.#facts);
    if (parent.kind === "namespace") return rows;
    if (this.failure) {
      rows.push({ kind: "failure", parent: this.#node, error: this.failure.error });
    } else if (listing.isComplete && rows.length === 0) {
      const filter = listing.items.length > 0 ? arrangement.filter?.text : undefined;
      rows.push({ kind: "empty", parent: this.#node, ...(filter !== undefined && { filter }) });
    }
    return rows;
  }

  /** Shows more repositories of the registry or one of its namespaces. */
  showMore(parent: RegistryNode | NamespaceNode): void {
    this.#rows.showMore(parent.kind === "namespace" ? parent.path : "", this.#arrangement);
    this.#changedItself();
  }

  /** Makes the rows anew the next time, as the repositories stand otherwise. */
  rearrange(): void {
    this.#rows.clear();
  }

  /** Returns the row of a repository that is read, and makes sure that it can be shown. */
  async findRow(name: string): Promise<RepositoryNode | undefined> {
    await this.begin();
    const { filter } = this.#arrangement;
    if (filter && !matchesFilter(filter, name)) this.ports.arrangement.setFilter("");
    this.#rows.reach(name, this.repositories ?? nothingRead, this.#arrangement);
    let rows = await this.repositoryRows();
    for (;;) {
      const known = this.#rows.repositoryNode(name);
      const above = rows.find((row) => row.kind === "namespace" && name.startsWith(`${row.path}/`));
      if (known || above?.kind !== "namespace") return known;
      rows = await this.repositoryRows(above);
    }
  }

  /** The rows of a repository's images that are read so far. */
  async imageRows(node: RepositoryNode): Promise<RegistryTreeNode[]> {
    const reading = this.#images.of(node.repository.name);
    await reading.begun;
    return imageRows(node, reading);
  }

  /** The readings of the registry's images. */
  get images(): ImageReadings {
    return this.#images;
  }

  /** The repositories whose images somebody has looked at, with what is read of them by now. */
  *read(): Generator<ReadRepository, void> {
    for (const [name, { images, isComplete }] of this.#images.all()) {
      const uri = this.#find(name)?.uri;
      if (uri !== undefined) yield { uri, images, isComplete };
    }
  }

  /** Lets go of all that was read. */
  forget(): void {
    this.#images.forgetAll();
    this.#forgetRepositories();
  }

  /** Reads the images anew that somebody has looked at, and the repositories at the next look. */
  readAnew(): void {
    this.#images.refreshAll();
    this.#forgetRepositories();
  }

  #forgetRepositories(): void {
    this.#rows.clear();
    this.#facts = undefined;
    this.#reading?.stop();
    this.#reading = undefined;
  }

  /** Reads one repository's images anew, or all repositories when it is not known yet. */
  refreshRepository(name: string): void {
    this.#images.refresh(name);
    if (!this.#find(name)) {
      this.readAnew();
      this.#changedItself();
    } else this.#changed(name);
  }

  #open(): Promise<Registry> {
    return this.ports.registries.open(this.#node.location);
  }

  #startReading(): PagedReading<Repository> {
    const open = (): Promise<Registry> => this.#open();
    const { log } = this.ports;
    const reading = readRegistry(open, log, this.#node.location, () => {
      this.#noteFailure();
      this.#changedItself();
    });
    this.#facts = new RegistryFacts(open, log, reading.signal, () => {
      reading.reportSoon();
    });
    return reading;
  }

  #find(name: string): Repository | undefined {
    return this.repositories?.items.find((repository) => repository.name === name);
  }

  get #arrangement(): Arrangement {
    return this.ports.arrangement.of(this.#node.location);
  }

  /** Every repository tells whose registry it is in. */
  #noteAccount(first: Repository | undefined): void {
    if (!first || first.registryId === this.#node.registryId) return;
    const { location } = this.#node;
    const alias = location.service === "public" ? publicAlias(first) : undefined;
    this.#node = { ...this.#node, registryId: first.registryId, alias };
    this.ports.onAccount(location, first.registryId);
  }

  /** A registry that can't be read says so on its row, also while that is closed. */
  #noteFailure(): void {
    const { failure } = this;
    if (failure?.error !== this.#node.failure?.error) this.#node = { ...this.#node, failure };
  }

  #changedItself(): void {
    this.ports.onChange(this.#shown === this.#node ? this.#node : undefined);
  }

  #changed(repository: string): void {
    const node = this.#rows.repositoryNode(repository);
    if (node) this.ports.onChange(node);
  }
}
