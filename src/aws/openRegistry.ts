import type { OpenRegistry, Registry } from "../core/ports.js";
import type { RegistryLocation } from "../core/registry.js";
import type { EcrOptions } from "./ecrOptions.js";

/**
 * Returns a function that opens ECR registries; the AWS SDK loads on the first question to one.
 *
 * An open registry keeps its credentials. After a sign-in, or a change of the AWS files, open the
 * location anew and let go of the old registry.
 */
export function makeOpenRegistry(options: EcrOptions = {}): OpenRegistry {
  return (location) => openRegistry(location, options);
}

function openRegistry(location: RegistryLocation, options: EcrOptions): Registry {
  let opened: Registry | undefined;
  const open = async (): Promise<Registry> => {
    const { EcrRegistry } = await import("./ecrRegistry.js");
    return (opened ??= new EcrRegistry(location, options));
  };
  return {
    location,
    identify: async (signal) => (await open()).identify(signal),
    fetchToken: async (signal) => (await open()).fetchToken(signal),
    findRepository: async (name, signal) => (await open()).findRepository(name, signal),
    createRepository: async (wanted, signal) => (await open()).createRepository(wanted, signal),
    findImage: async (name, target, signal) => (await open()).findImage(name, target, signal),
    async *listRepositories(signal) {
      yield* (await open()).listRepositories(signal);
    },
    async *listImages(repository, signal) {
      yield* (await open()).listImages(repository, signal);
    },
  };
}
