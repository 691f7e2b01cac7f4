import { registryKey } from "../../core/registry.js";
import type { ImageNode } from "../explorer/registryNodes.js";

/**
 * Returns the rows that a command is about: all that are selected, or the one that it was called on.
 *
 * VS Code passes the selection only where the row is part of it, and rows of other kinds with it.
 */
export function chosenImages(
  target: ImageNode | undefined,
  selected: readonly { readonly kind: string }[],
): readonly ImageNode[] {
  const images = selected.filter((row): row is ImageNode => row.kind === "image");
  if (images.length > 0) return images;
  return target ? [target] : [];
}

/** Groups images by their repositories, in the order of the rows. */
export function byRepository(nodes: readonly ImageNode[]): readonly (readonly ImageNode[])[] {
  const groups = new Map<string, ImageNode[]>();
  for (const node of nodes) {
    const key = `${registryKey(node.location)} ${node.repository.name}`;
    const group = groups.get(key);
    if (group) group.push(node);
    else groups.set(key, [node]);
  }
  return [...groups.values()];
}
