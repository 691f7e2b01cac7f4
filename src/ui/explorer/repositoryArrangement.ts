import * as vscode from "vscode";
import type { Arrangement } from "../../core/repositories/arrangeRepositories.js";
import { type NameFilter, tryParseNameFilter } from "../../core/repositories/nameFilter.js";
import { registryKey, type RegistryLocation } from "../../core/registry.js";
import { setContextKey } from "../contextKeys.js";

const GROUPED_KEY = "ecr.groupsRepositories";
const PINS_KEY = "ecr.pinnedRepositories";

/** How the repositories of all registries stand; layout and pins are remembered on this host. */
export class RepositoryArrangement implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  #filter: NameFilter | undefined;
  /** Fires after each change. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly state: vscode.Memento) {
    this.#tell();
  }

  /** Which names are looked for; undefined for all. */
  get filter(): NameFilter | undefined {
    return this.#filter;
  }

  /** Returns how the repositories of one registry stand. */
  of(location: RegistryLocation): Arrangement {
    const pins = new Set(this.#pins()[registryKey(location)]);
    return { filter: this.#filter, isGrouped: this.#isGrouped(), pins };
  }

  /** Looks for names that hold the words of a text, until the window closes; an empty text ends that. */
  setFilter(text: string): void {
    this.#filter = tryParseNameFilter(text);
    this.#tell();
    this.#changed.fire();
  }

  /** Puts names with slashes into namespaces, or all into one list. */
  async setGrouped(isGrouped: boolean): Promise<void> {
    await this.state.update(GROUPED_KEY, isGrouped);
    this.#tell();
    this.#changed.fire();
  }

  /** Keeps repositories at the top of their registry, or no longer. */
  async setPinned(
    location: RegistryLocation,
    names: readonly string[],
    isPinned: boolean,
  ): Promise<void> {
    const key = registryKey(location);
    const { [key]: known = [], ...others } = this.#pins();
    const pins = new Set(known);
    for (const name of names) {
      if (isPinned) pins.add(name);
      else pins.delete(name);
    }
    await this.state.update(PINS_KEY, pins.size > 0 ? { ...others, [key]: [...pins] } : others);
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #isGrouped(): boolean {
    return this.state.get(GROUPED_KEY, false);
  }

  #pins(): Readonly<Record<string, readonly string[]>> {
    return this.state.get(PINS_KEY, {});
  }

  #tell(): void {
    setContextKey("ecr.repositoryLayout", this.#isGrouped() ? "grouped" : "flat");
    setContextKey("ecr.repositoryFilter", this.#filter ? "active" : "none");
  }
}
