import type * as vscode from "vscode";
import { type Listing, readRepositories } from "../../core/catalog.js";
import type { HeldImages } from "../../core/heldImages.js";
import type { OpenRegistries } from "../../core/openRegistries.js";
import type { Registry } from "../../core/ports.js";
import { registryKey, type RegistryLocation, type Repository } from "../../core/registry.js";
import { logFailure } from "../failureLog.js";
import { ImageReadings } from "./imageReadings.js";
import { imageRows } from "./imageRows.js";
import { PagedReading } from "./pagedReading.js";
import type { ReadRepository } from "./seenImages.js";
import type { RegistryNode, RegistryTreeNode, RepositoryNode } from "./registryNodes.js";

/** What a registry in the tree reads from, and whom it tells. */
export interface RegistryBranchPorts {
  readonly registries: OpenRegistries;
  /** The engine's images, for the marks of those that are here as well. */
  readonly held: HeldImages;
  readonly log: vscode.LogOutputChannel;
  /** Tells the rest of the window that the registry is in use. */
  readonly markUsed: (location: RegistryLocation) => void;
  /** Tells whose registry it is, once AWS has said so. */
  readonly onAccount: (location: RegistryLocation, accountId: string) => void;
  /** Asks for the rows below a node anew, or for all of them. */
  readonly onChange: (node: RegistryTreeNode | undefined) => void;
}

/** One registry in the tree: its repositories by name, and their images. */
export class RegistryBranch {
  readonly #images: ImageReadings;
  readonly #repositoryNodes = new Map<string, RepositoryNode>();
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
    this.#images = new ImageReadings(
      () => this.#open(),
      (repository) => {
        this.#changed(repository);
      },
    );
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
    return this.#repositoryNodes.get(name);
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
    const [first] = reading.listing.items;
    if (!first || first.registryId === this.#node.registryId) return;
    this.#node = { ...this.#node, registryId: first.registryId };
    this.ports.onAccount(this.#node.location, first.registryId);
    // A row that is shown without its account is shown anew.
    if (this.#shown) reading.reportSoon();
  }

  /** The rows of the repositories that are read so far. */
  async repositoryRows(): Promise<RegistryTreeNode[]> {
    await this.begin();
    const { items, isComplete } = this.repositories ?? { items: [], isComplete: false };
    const rows: RegistryTreeNode[] = items.map((repository) => this.#nodeOf(repository));
    if (this.failure) {
      rows.push({ kind: "failure", parent: this.#node, error: this.failure.error });
    } else if (isComplete && rows.length === 0) {
      rows.push({ kind: "empty", parent: this.#node });
    }
    return rows;
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
      const uri = this.#repositoryNodes.get(name)?.repository.uri;
      if (uri !== undefined) yield { uri, images, isComplete };
    }
  }

  /** Forgets what was read, so that the next look reads it anew. */
  forget(): void {
    this.#images.forgetAll();
    this.#repositoryNodes.clear();
    this.#reading?.stop();
    this.#reading = undefined;
  }

  /** Reads one repository's images anew, or all repositories when it is not known yet. */
  refreshRepository(name: string): void {
    this.#images.forget(name);
    if (!this.#repositoryNodes.has(name)) {
      this.forget();
      this.#changedItself();
    } else this.#changed(name);
  }

  #open(): Promise<Registry> {
    return this.ports.registries.open(this.#node.location);
  }

  #startReading(): PagedReading<Repository> {
    const { location } = this.#node;
    const open = (): Promise<Registry> => this.#open();
    const { log } = this.ports;
    const read = async function* (signal: AbortSignal) {
      try {
        yield* readRepositories(await open(), signal);
      } catch (error) {
        logFailure(log, `read repositories of ${registryKey(location)}`, error);
        throw error;
      }
    };
    return new PagedReading(read, {
      onMore: () => {
        this.#changedItself();
      },
    });
  }

  #changedItself(): void {
    this.ports.onChange(this.#shown === this.#node ? this.#node : undefined);
  }

  #changed(repository: string): void {
    const node = this.#repositoryNodes.get(repository);
    if (node) this.ports.onChange(node);
  }

  /** Keeps one node per repository, so that VS Code recognises its row when it is refreshed. */
  #nodeOf(repository: Repository): RepositoryNode {
    const known = this.#repositoryNodes.get(repository.name);
    if (known?.repository === repository) return known;
    const { location } = this.#node;
    const node: RepositoryNode = { kind: "repository", location, repository };
    this.#repositoryNodes.set(repository.name, node);
    return node;
  }
}
