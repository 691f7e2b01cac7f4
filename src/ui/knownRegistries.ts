import type { ProfileSource } from "../core/ports.js";
import type { RegistryLocation } from "../core/registry.js";
import type { ShownRegistries } from "./explorer/shownRegistries.js";
import type { KnownAccounts } from "./knownAccounts.js";
import type { KnownRegistries } from "./steps/pickRegistry.js";

/** What knowing the registries needs. */
export interface KnownRegistriesPorts {
  readonly shown: Pick<ShownRegistries, "list">;
  readonly profiles: () => Promise<ProfileSource>;
  readonly accounts: KnownAccounts;
}

/** Reads which registries there are to choose from, the given or chosen one first. */
export async function readKnownRegistries(
  ports: KnownRegistriesPorts,
  first: RegistryLocation | undefined,
): Promise<KnownRegistries> {
  const source = await ports.profiles();
  const profiles = await source.listProfiles();
  const defaultCredentials = await source.findDefaultCredentials();
  // No choice is no failure here: the wizard is where one is made.
  const { chosen, added } = await ports.shown.list();
  const current = first ?? chosen;
  const shown = chosen ? [chosen, ...added] : added;
  const accountOf = ports.accounts.recall.bind(ports.accounts);
  return { current, shown, profiles, defaultCredentials, accountOf };
}
