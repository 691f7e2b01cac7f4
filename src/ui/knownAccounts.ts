import type * as vscode from "vscode";
import type { Profile } from "../core/ports.js";

const STATE_KEY = "ecr.knownAccounts";

/** The account that AWS named for a profile, and what the profile was like then. */
interface Known {
  readonly accountId: string;
  readonly fingerprint: string | undefined;
}

/** Remembers which account AWS named for each profile, on this host, until the profile changes. */
export class KnownAccounts {
  constructor(private readonly state: vscode.Memento) {}

  /** Returns the account of a profile: what its settings tell, else what AWS told before. */
  recall(profile: Profile): string | undefined {
    if (profile.accountId !== undefined) return profile.accountId;
    const known = this.#all()[profile.name];
    return known?.fingerprint === profile.fingerprint ? known?.accountId : undefined;
  }

  /** Remembers what AWS told of a profile. */
  async remember(profile: Profile, accountId: string): Promise<void> {
    if (profile.accountId !== undefined || this.recall(profile) === accountId) return;
    const { name, fingerprint } = profile;
    await this.state.update(STATE_KEY, { ...this.#all(), [name]: { accountId, fingerprint } });
  }

  #all(): Readonly<Record<string, Known>> {
    return this.state.get(STATE_KEY, {});
  }
}
