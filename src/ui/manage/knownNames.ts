import { readRepositories } from "../../core/catalog.js";
import type { Registry } from "../../core/ports.js";

/** The names of a registry's repositories, which are read while a new one is typed. */
export interface KnownNames {
  /** Tells whether there is a repository of this name, as far as is known by now. */
  has(name: string): boolean;
  stop(): void;
}

/**
 * Begins to read the names of a registry's repositories.
 *
 * Where they may not be read nothing is known, and ECR refuses a name that is taken in the end.
 */
export function readNames(registry: Registry, note: (error: unknown) => void): KnownNames {
  const controller = new AbortController();
  let names: ReadonlySet<string> = new Set();
  const read = async (): Promise<void> => {
    for await (const { items } of readRepositories(registry, controller.signal)) {
      names = new Set(items.map(({ name }) => name));
    }
  };
  read().catch((error: unknown) => {
    if (!controller.signal.aborted) note(error);
  });
  return {
    has: (name) => names.has(name),
    stop: () => {
      controller.abort();
    },
  };
}
