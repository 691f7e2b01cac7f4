import type { RegistryChoice } from "./registryChoice.js";

/** The hosts of the window's registry that are none of AWS, as of a local one; mostly empty. */
export async function ownHosts(choice: Pick<RegistryChoice, "locate">): Promise<string[]> {
  // Whoever has chosen no registry yet has none of their own.
  const location = await choice.locate().catch(() => undefined);
  return location?.endpoint === undefined ? [] : [new URL(location.endpoint).host];
}
