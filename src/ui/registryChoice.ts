import * as vscode from "vscode";
import {
  type AwsEnvironment,
  locateRegistry,
  type WantedRegistry,
} from "../core/locateRegistry.js";
import type { ProfileSource } from "../core/ports.js";
import type { RegistryLocation } from "../core/registry.js";
import { readSettings } from "./settings.js";

const STATE_KEY = "ecr.chosenRegistry";

/** A profile and region that the user picked; undefined parts are left to the profile. */
interface Chosen {
  readonly profile: string | undefined;
  readonly region: string | undefined;
}

/** Which registry this window works with: the user's choice here, else the settings. */
export class RegistryChoice implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #settingsListener: vscode.Disposable;
  /** Fires after the choice or one of its settings has changed. */
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly state: vscode.Memento,
    private readonly profiles: () => Promise<ProfileSource>,
    private readonly environment: AwsEnvironment,
  ) {
    this.#settingsListener = vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (
        !["ecr.profile", "ecr.region", "ecr.endpoint"].some((key) =>
          change.affectsConfiguration(key),
        )
      ) {
        return;
      }
      // Whoever edits the settings means them to count.
      await this.state.update(STATE_KEY, undefined);
      this.#changed.fire();
    });
  }

  /** Decides the registry; fails as `locateRegistry` does. */
  async locate(): Promise<RegistryLocation> {
    const source = await this.profiles();
    return locateRegistry(this.#wanted(), this.environment, await source.listProfiles());
  }

  /** Remembers a profile and region for this workspace. */
  async choose(chosen: Chosen): Promise<void> {
    await this.state.update(STATE_KEY, chosen);
    this.#changed.fire();
  }

  dispose(): void {
    this.#settingsListener.dispose();
    this.#changed.dispose();
  }

  #wanted(): WantedRegistry {
    const { profile, region, endpoint } = readSettings();
    const chosen = this.state.get<Chosen>(STATE_KEY);
    return chosen ? { ...chosen, endpoint } : { profile, region, endpoint };
  }
}
