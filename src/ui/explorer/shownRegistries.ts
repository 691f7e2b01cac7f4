import * as vscode from "vscode";
import { registryKey, type RegistryLocation } from "../../core/registry.js";
import type { RegistryChoice } from "../registryChoice.js";
import { readSettings } from "../settings.js";

const STATE_KEY = "ecr.addedRegistries";

/** A registry that somebody added; the endpoint is the one of the settings. */
type Added = Pick<RegistryLocation, "region" | "service"> & {
  readonly profile?: string | undefined;
};

/** The registries that the tree shows. */
export interface RegistryList {
  /** The one that this window works with. */
  readonly chosen: RegistryLocation | undefined;
  /** The others, in the order in which they were added. */
  readonly added: readonly RegistryLocation[];
  /** Why none is chosen. */
  readonly failure: { readonly error: unknown } | undefined;
}

/** Remembers the registries that are shown besides the chosen one, on this host. */
export class ShownRegistries implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** Fires after a registry was added or removed; what is chosen has an event of its own. */
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly state: vscode.Memento,
    private readonly choice: Pick<RegistryChoice, "locate">,
  ) {}

  /** Lists the registries, each once. */
  async list(): Promise<RegistryList> {
    const endpoint = readSettings().endpoint || undefined;
    const added = this.#added().map(({ profile, region, service }) => ({
      profile,
      region,
      endpoint,
      ...(service && { service }),
    }));
    try {
      const chosen = await this.choice.locate();
      const key = registryKey(chosen);
      const others = added.filter((location) => registryKey(location) !== key);
      return { chosen, added: others, failure: undefined };
    } catch (error) {
      return { chosen: undefined, added, failure: { error } };
    }
  }

  /** Shows more registries; those that are shown already stay where they are. */
  async add(locations: readonly Added[]): Promise<void> {
    const all = [
      ...this.#added(),
      ...locations.map(({ profile, region, service }) => ({ profile, region, service })),
    ];
    await this.#keep([...new Map(all.map((added) => [keyOf(added), added])).values()]);
  }

  /** Shows a registry no more. */
  async remove(location: Added): Promise<void> {
    await this.#keep(this.#added().filter((added) => keyOf(added) !== keyOf(location)));
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #added(): readonly Added[] {
    return this.state.get<readonly Added[]>(STATE_KEY, []);
  }

  async #keep(added: readonly Added[]): Promise<void> {
    await this.state.update(STATE_KEY, added);
    this.#changed.fire();
  }
}

function keyOf({ profile, region, service }: Added): string {
  return registryKey({ profile, region, endpoint: undefined, service });
}
