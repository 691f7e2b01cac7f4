import type { Failure } from "../../core/errors.js";
import type { RegistryErrorRow, RegistryTarget } from "./registryErrorRow.js";
import { REGISTRY_ERRORS } from "./registryErrorTable.js";

/**
 * Turns an engine's message about a registry into a failure; undefined when no row knows it.
 *
 * Engines wrap the registry's words in different ways (`denied: …`, `error from registry: …`), so
 * rows look for the words and not for the wrapping. The first row that matches wins.
 */
export function toRegistryFailure(message: string, target: RegistryTarget): Failure | undefined {
  const row = findRegistryRow(message, target);
  const match = row?.pattern.exec(message);
  return row && match ? row.toFailure(match, target, message) : undefined;
}

/** Finds the row that an engine's message is about. */
export function findRegistryRow(
  message: string,
  { operation }: RegistryTarget,
): RegistryErrorRow | undefined {
  return REGISTRY_ERRORS.find(
    ({ only, pattern }) => (only ?? operation) === operation && pattern.test(message),
  );
}
