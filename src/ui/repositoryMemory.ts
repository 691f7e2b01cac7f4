import type * as vscode from "vscode";
import type { Profile } from "../core/ports.js";
import type { RegistryLocation } from "../core/registry.js";

const STATE_KEY = "ecr.repositoryRegistries";

/** Remembers in the workspace's state with which profile and region each repository was pushed to. */
export class RepositoryMemory {
  constructor(private readonly state: vscode.Memento) {}

  /** Returns where a repository of this name was pushed to last, if its profile is still there. */
  recall(repository: string, profiles: readonly Profile[]): RegistryLocation | undefined {
    const location = this.#all()[repository];
    const isThere =
      location?.profile === undefined || profiles.some(({ name }) => name === location.profile);
    return isThere ? location : undefined;
  }

  /** Remembers where a repository is pushed to. */
  async remember(repository: string, location: RegistryLocation): Promise<void> {
    await this.state.update(STATE_KEY, { ...this.#all(), [repository]: location });
  }

  #all(): Readonly<Record<string, RegistryLocation>> {
    return this.state.get(STATE_KEY, {});
  }
}
