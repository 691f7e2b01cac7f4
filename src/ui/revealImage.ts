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
  const node = await tree.findImage(image.repository.name, image.digest);
  if (node) await view.reveal(node, { select: true, focus: true });
}
