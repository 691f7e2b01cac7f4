import type { Context } from "./context.js";
import { brokenNameRule } from "./repositoryName.js";
import type { RegistryKey } from "./store.js";

/** Creates a missing repository when a creation template for pushes covers its name. */
export function createOnPush({ store }: Context, key: RegistryKey, name: string): void {
  const registry = store.registry(key);
  if (registry.find(name) || brokenNameRule(name) !== undefined) return;
  const template = registry
    .templates()
    .filter(({ appliedFor }) => appliedFor.includes("CREATE_ON_PUSH"))
    // ROOT covers what no other template does, so it comes last whatever its length.
    .sort((a, b) => Number(a.prefix === "ROOT") - Number(b.prefix === "ROOT"))
    .find(({ prefix }) => prefix === "ROOT" || name.startsWith(`${prefix.replace(/\/$/, "")}/`));
  if (!template) return;
  registry.put({
    name,
    createdAt: Date.now(),
    tagMutability: template.tagMutability,
    exclusionFilters: [],
    scanOnPush: false,
    encryption: { encryptionType: "AES256" },
    tags: [],
  });
}
