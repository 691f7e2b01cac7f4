import * as vscode from "vscode";
import type { PushedImage } from "../core/pushImage.js";
import type { RegistryLocation } from "../core/registry.js";
import type { RegistriesTree } from "./registriesTree.js";
import type { RegistryChoice } from "./registryChoice.js";
import type { RegistryTreeNode } from "./registryNodes.js";

/** What showing an image in the sidebar needs. */
export interface RevealImagePorts {
  readonly tree: RegistriesTree;
  readonly view: vscode.TreeView<RegistryTreeNode>;
  readonly choice: RegistryChoice;
}

/** How often a view that is still being filled is asked to show the row. */
const MAX_ATTEMPTS = 20;

/** Time for the view to fill between two attempts. */
const PAUSE_MS = 100;

/** Opens the sidebar at an image; switches to its registry when another one is shown. */
export async function revealImage(
  { tree, view, choice }: RevealImagePorts,
  location: RegistryLocation,
  image: PushedImage,
): Promise<void> {
  const { profile, region } = location;
  const shown = await choice.locate().catch(() => undefined);
  if (shown?.profile !== profile || shown?.region !== region) {
    await choice.choose({ profile, region });
  }
  await vscode.commands.executeCommand("ecr.registries.focus");
  // A view that opens just now knows no rows yet, and passes over a reveal without a word.
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const node = await tree.findImage(image.repository.name, image.digest);
    if (!node) return;
    await view.reveal(node, { select: true, focus: true });
    if (view.selection.some((row) => row.kind === "image" && row.image.digest === image.digest)) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
