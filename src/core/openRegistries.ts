import type { OpenRegistry, Registry } from "./ports.js";
import { locationOfKey, registryKey, type RegistryLocation } from "./registry.js";

/** Opens each registry once and keeps it, until the identity behind it may have changed. */
export class OpenRegistries {
  readonly #registries = new Map<string, Promise<Registry>>();

  /** `load` brings in the adapter when the first registry is opened. */
  constructor(private readonly load: () => Promise<OpenRegistry>) {}

  /** Returns the registry at this location; makes no request. */
  open(location: RegistryLocation): Promise<Registry> {
    const key = registryKey(location);
    const registry =
      this.#registries.get(key) ?? this.load().then((openRegistry) => openRegistry(location));
    this.#registries.set(key, registry);
    // An adapter that could not be loaded is asked for again next time.
    registry.catch(() => {
      if (this.#registries.get(key) === registry) this.#registries.delete(key);
    });
    return registry;
  }

  /** Forgets the registries at these locations, as `forgetAll` does with all. */
  forget(isMeant: (location: RegistryLocation) => boolean): void {
    for (const key of this.#registries.keys()) {
      if (isMeant(locationOfKey(key))) this.#registries.delete(key);
    }
  }

  /** Forgets all registries with their credentials; the next opening reads the AWS files anew. */
  forgetAll(): void {
    this.#registries.clear();
  }
}
