import type { OpenRegistries } from "../../core/openRegistries.js";
import type { ProfileSource } from "../../core/ports.js";
import type { TokenKeeper } from "../../core/login/tokenKeeper.js";
import type { ShownRegistries } from "../explorer/shownRegistries.js";
import type { KnownAccounts } from "../knownAccounts.js";
import { readKnownRegistries } from "../knownRegistries.js";
import type { RegistryChoice } from "../registryChoice.js";
import { askProfileAndRegion } from "../steps/pickRegistry.js";

/** What choosing a registry needs. */
export interface ChooseRegistryPorts {
  readonly choice: RegistryChoice;
  readonly shown: Pick<ShownRegistries, "list">;
  readonly profiles: () => Promise<ProfileSource>;
  readonly accounts: KnownAccounts;
  readonly registries: OpenRegistries;
  readonly tokens: TokenKeeper;
}

/** *Choose Profile or Region…*: decides which registry this workspace works with. */
export async function chooseRegistry(ports: ChooseRegistryPorts, title: string): Promise<void> {
  const known = await readKnownRegistries(ports, undefined);
  const chosen = await askProfileAndRegion(title, known);
  if (!chosen) return;
  ports.registries.forgetAll();
  ports.tokens.forgetAll();
  await ports.choice.choose({ profile: chosen.profile, region: chosen.region });
}
