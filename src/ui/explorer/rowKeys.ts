import { type CommandId, commandIds } from "../commandIds.js";
import type { RegistryTreeNode } from "./registryNodes.js";

/** What keybindings pass instead of a row, as VS Code passes none with a key. */
export interface PressedKey {
  readonly from: "key";
}

/** Tells whether a command comes from a key of the registry tree. */
export function isPressedKey(target: unknown): target is PressedKey {
  return typeof target === "object" && target !== null && "from" in target && target.from === "key";
}

/** What a key does on rows other than images. */
const ON_REPOSITORIES: Partial<Record<CommandId, CommandId>> = {
  [commandIds.deleteImage]: commandIds.deleteRepository,
  [commandIds.copyImageUri]: commandIds.copyRepositoryUri,
};

/** Returns the command that a key stands for on these rows; undefined where it means nothing. */
export function commandOfKey(
  id: CommandId,
  rows: readonly RegistryTreeNode[],
): CommandId | undefined {
  const [kind, ...others] = new Set(rows.map((row) => row.kind));
  if (others.length > 0) return undefined;
  if (kind === "image") return id;
  if (kind === "registry") {
    // The one that the window works with stays.
    const isRemovable = rows.every((row) => row.kind === "registry" && !row.isChosen);
    return id === commandIds.deleteImage && isRemovable ? commandIds.removeRegistry : undefined;
  }
  return kind === "repository" ? ON_REPOSITORIES[id] : undefined;
}
