import type { RegistryLocation } from "../../core/registry.js";
import type { ShownRegistries } from "../explorer/shownRegistries.js";
import { askRegistry } from "../steps/askRegistry.js";

/** *Remove Registry*: shows registries no more; nothing in AWS changes. */
export async function removeRegistry(
  shown: ShownRegistries,
  title: string,
  targets: readonly RegistryLocation[],
): Promise<void> {
  for (const target of targets) await shown.remove(target);
  if (targets.length > 0) return;
  // The one that the window works with stays.
  const { added } = await shown.list();
  const asked = await askRegistry(added, title);
  if (asked) await shown.remove(asked);
}
