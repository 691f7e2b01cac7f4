import type * as vscode from "vscode";
import { forCaches, forPlace } from "./familyItems.js";
import { forImage, imageTooltip } from "./imageItems.js";
import { forMoreRepositories, forNamespace } from "./namespaceItems.js";
import { forEmpty, forFailure, forFilter, forMore } from "./noteItems.js";
import { forRegistry, registryTooltip } from "./registryItems.js";
import type { RegistryTreeNode } from "./registryNodes.js";
import { forRepository, repositoryTooltip } from "./repositoryItems.js";

/** Returns the row for a node; tooltips come later, from `rowTooltip`. */
export function rowItem(node: RegistryTreeNode): vscode.TreeItem {
  switch (node.kind) {
    case "registry":
      return forRegistry(node);
    case "namespace":
      return forNamespace(node);
    case "moreRepositories":
      return forMoreRepositories(node);
    case "repository":
      return forRepository(node);
    case "image":
      return node.within ? forPlace(node, node.within) : forImage(node);
    case "caches":
      return forCaches(node);
    case "more":
      return forMore(node);
    case "filter":
      return forFilter(node);
    case "failure":
      return forFailure(node);
    case "empty":
      return forEmpty(node);
  }
}

/** Returns the tooltip for a node that has more to say than its row. */
export function rowTooltip(node: RegistryTreeNode): vscode.MarkdownString | undefined {
  if (node.kind === "registry") return registryTooltip(node);
  if (node.kind === "repository") return repositoryTooltip(node);
  return node.kind === "image" ? imageTooltip(node) : undefined;
}
