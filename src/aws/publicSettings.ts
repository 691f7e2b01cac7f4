import type { PullThroughRule, RegistrySettings } from "../core/repositories/registrySettings.js";

/** The settings of public registries, which copy from nowhere. */
export class PublicSettings implements RegistrySettings {
  listPullThroughRules(): Promise<readonly PullThroughRule[]> {
    return Promise.resolve([]);
  }
}
