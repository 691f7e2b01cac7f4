import type * as vscode from "vscode";
import type { RegistryBranchPorts } from "./registryBranchPorts.js";
import type { ShownRegistries } from "./shownRegistries.js";

/** What the tree reads from. */
export interface RegistriesTreePorts extends Omit<
  RegistryBranchPorts,
  "onChange" | "orders" | "index"
> {
  readonly shown: ShownRegistries;
  /** Says something above the rows. */
  readonly say: (message: string) => void;
  /** What of the tree is remembered on this host. */
  readonly state: vscode.Memento;
}
