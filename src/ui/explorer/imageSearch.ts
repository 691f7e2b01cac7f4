import type * as vscode from "vscode";
import { readRepositories } from "../../core/catalog.js";
import { isCancellation } from "../../core/errors.js";
import { findImages, type FoundImages } from "../../core/images/findImages.js";
import type { ImageIndex } from "../../core/images/imageIndex.js";
import type { OpenRegistries } from "../../core/openRegistries.js";
import { readForSearch } from "../../core/images/readForSearch.js";
import type { RegistryLocation } from "../../core/registry.js";
import { takeTurns } from "../../core/takeTurns.js";
import { logFailure } from "../failureLog.js";

/** What a search over registries needs. */
export interface ImageSearchPorts {
  readonly index: ImageIndex;
  readonly registries: OpenRegistries;
  readonly log: vscode.LogOutputChannel;
}

/** What a search has come to. */
export interface SearchState {
  readonly found: FoundImages;
  readonly repositories: number;
  /** How many repositories are read; fewer than all while it goes on, or was too much. */
  readonly read: number;
  readonly isReading: boolean;
  /** Registries whose repositories can't be read, with why. */
  readonly failures: readonly { readonly location: RegistryLocation; readonly error: unknown }[];
}

/** Time between two looks at what was read meanwhile. */
const LOOK_INTERVAL_MS = 300;

/** A search that goes on while more is read, until it is stopped. */
export class ImageSearch {
  readonly #stop = new AbortController();
  readonly #failures: { location: RegistryLocation; error: unknown }[] = [];
  #search = new AbortController();
  #text = "";
  #isReading = true;
  #look: ReturnType<typeof setTimeout> | undefined;

  /** `show` is told what was found, each time that more is. */
  constructor(
    private readonly ports: ImageSearchPorts,
    private readonly show: (state: SearchState) => void,
  ) {}

  /** Looks for a text in what is known; what was looked for before is given up. */
  async find(text: string): Promise<void> {
    this.#text = text;
    this.#search.abort();
    this.#search = new AbortController();
    const { signal } = this.#search;
    const { index } = this.ports;
    try {
      const found = await findImages(text, { index, pace: takeTurns() }, signal);
      if (signal.aborted || this.#stop.signal.aborted) return;
      const { known: repositories, read } = index.progress;
      const isReading = this.#isReading;
      this.show({ found, repositories, read, isReading, failures: this.#failures });
    } catch (error) {
      if (!isCancellation(error)) throw error;
    }
  }

  /** Reads what is not known yet; resolves when all is, or the search was stopped. */
  async read(locations: readonly RegistryLocation[]): Promise<void> {
    const { index, registries, log } = this.ports;
    const { signal } = this.#stop;
    index.keepRegistries(locations);
    try {
      await Promise.all(locations.map((location) => this.#readRepositories(location)));
      await readForSearch(
        {
          index,
          open: (location) => registries.open(location),
          isWanted: (name) => this.#isWanted(name),
          onProgress: () => {
            this.#lookSoon();
          },
          onFailure: ({ repository }, error) => {
            logFailure(log, `read the images of ${repository.name} to search them`, error);
          },
        },
        signal,
      );
    } catch (error) {
      if (!isCancellation(error)) throw error;
    } finally {
      this.#isReading = false;
      if (!signal.aborted) await this.find(this.#text);
    }
  }

  /** Gives up searching and reading. */
  stop(): void {
    this.#stop.abort();
    this.#search.abort();
    clearTimeout(this.#look);
  }

  async #readRepositories(location: RegistryLocation): Promise<void> {
    const { index, registries, log } = this.ports;
    const { signal } = this.#stop;
    try {
      const registry = await registries.open(location);
      for await (const { items, isComplete } of readRepositories(registry, signal)) {
        if (isComplete) index.setRepositories(location, items);
        else index.addRepositories(location, items);
        this.#lookSoon();
      }
    } catch (error) {
      if (isCancellation(error)) throw error;
      logFailure(log, "read repositories to search them", error);
      this.#failures.push({ location, error });
    }
  }

  /** Repositories are read first whose name is a part of what was typed, or the other way round. */
  #isWanted(name: string): boolean {
    const [first = ""] = this.#text.toLowerCase().split(/[\s:@]/);
    return first !== "" && name.includes(first);
  }

  #lookSoon(): void {
    this.#look ??= setTimeout(() => {
      this.#look = undefined;
      void this.find(this.#text);
    }, LOOK_INTERVAL_MS);
  }
}
