import type * as vscode from "vscode";
import { registryKey, type RegistryLocation } from "../../core/registry.js";
import type { AskNodePorts } from "../askNode.js";
import type { CommandPorts } from "../commandPorts.js";

/** What commands need that change what a registry holds. */
export interface ChangePorts extends AskNodePorts {
  readonly log: vscode.LogOutputChannel;
  /** Reads a repository's images anew where they are shown. */
  readonly refreshRepository: (location: RegistryLocation, repository: string) => void;
  /** Reads a registry's repositories anew where they are shown. */
  readonly refreshRegistry: (location: RegistryLocation) => void;
}

/** Takes what changes need out of what commands may touch. */
export function changePorts(ports: CommandPorts): ChangePorts {
  const { shown, registries, log, refreshRepository, explorer } = ports;
  return {
    shown,
    registries,
    log,
    refreshRepository,
    refreshRegistry: (location) => {
      const key = registryKey(location);
      explorer.ifLoaded((tree) => {
        tree.refreshWhere((other) => registryKey(other) === key);
      });
    },
  };
}

/** Bounds how long AWS may take for one answer. */
export function patience(): AbortSignal {
  return AbortSignal.timeout(60_000);
}
