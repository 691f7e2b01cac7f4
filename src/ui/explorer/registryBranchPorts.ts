import type * as vscode from "vscode";
import type { HeldImages } from "../../core/images/heldImages.js";
import type { ImageIndex } from "../../core/images/imageIndex.js";
import type { OpenRegistries } from "../../core/openRegistries.js";
import type { RegistryLocation } from "../../core/registry.js";
import type { ImageOrders } from "./imageOrders.js";
import type { RegistryTreeNode } from "./registryNodes.js";
import type { RepositoryArrangement } from "./repositoryArrangement.js";

/** What a registry in the tree reads from, and whom it tells. */
export interface RegistryBranchPorts {
  readonly registries: OpenRegistries;
  /** The engine's images, for the marks of those that are here as well. */
  readonly held: HeldImages;
  readonly log: vscode.LogOutputChannel;
  readonly arrangement: RepositoryArrangement;
  /** In which order somebody wants to see images. */
  readonly orders: ImageOrders;
  /** Keeps what can be found of the images that are read. */
  readonly index: ImageIndex;
  /** Tells the rest of the window that the registry is in use. */
  readonly markUsed: (location: RegistryLocation) => void;
  /** Tells whose registry it is, once AWS has said so. */
  readonly onAccount: (location: RegistryLocation, accountId: string) => void;
  /** Asks for the rows below a node anew, or for all of them. */
  readonly onChange: (node: RegistryTreeNode | undefined) => void;
}
