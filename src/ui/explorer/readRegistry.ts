import type * as vscode from "vscode";
import { readRepositories } from "../../core/catalog.js";
import type { Registry } from "../../core/ports.js";
import { registryKey, type RegistryLocation, type Repository } from "../../core/registry.js";
import { logFailure } from "../failureLog.js";
import { PagedReading } from "./pagedReading.js";

/** Begins to read the repositories of a registry in the background; the log hears of a failure. */
export function readRegistry(
  open: () => Promise<Registry>,
  log: vscode.LogOutputChannel,
  location: RegistryLocation,
  onMore: () => void,
): PagedReading<Repository> {
  const read = async function* (signal: AbortSignal) {
    try {
      yield* readRepositories(await open(), signal);
    } catch (error) {
      logFailure(log, `read repositories of ${registryKey(location)}`, error);
      throw error;
    }
  };
  return new PagedReading(read, { onMore });
}
