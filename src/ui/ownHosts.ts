import type { KeptTokens } from "../core/login/findToken.js";
import type { RegistryChoice } from "./registryChoice.js";

/** What is asked for the hosts of the window's registry. */
export interface OwnHostPorts {
  readonly choice: Pick<RegistryChoice, "locate">;
  readonly tokens: Pick<KeptTokens, "held">;
}

/** The hosts that the window's registry has besides those of AWS, such as a local one's. */
export async function ownHosts({ choice, tokens }: OwnHostPorts): Promise<string[]> {
  // Whoever has chosen no registry yet has none of their own.
  const location = await choice.locate().catch(() => undefined);
  if (!location) return [];
  const named = location.endpoint === undefined ? undefined : new URL(location.endpoint).host;
  const held = tokens.held(location)?.host;
  return [named, held].filter((host) => host !== undefined);
}
