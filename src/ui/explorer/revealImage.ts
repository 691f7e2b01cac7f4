import * as vscode from "vscode";
import type { PushedImage } from "../../core/push/pushImage.js";
import { registryKey, type RegistryLocation } from "../../core/registry.js";
import type { RegistriesView } from "./registriesView.js";
import type { ShownRegistries } from "./shownRegistries.js";

/** What showing an image in the sidebar needs. */
export interface RevealImagePorts {
  readonly explorer: RegistriesView;
  readonly shown: ShownRegistries;
}

/** How often a view that is still being filled is asked to show the row. */
const MAX_ATTEMPTS = 20;

/** Time for the view to fill between two attempts. */
const PAUSE_MS = 100;

/** Opens the sidebar at an image; adds its registry when that is not shown. */
export async function revealImage(
  { explorer, shown }: RevealImagePorts,
  location: RegistryLocation,
  image: PushedImage,
): Promise<void> {
  const key = registryKey(location);
  const { chosen, added } = await shown.list();
  const all = chosen ? [chosen, ...added] : added;
  if (!all.some((other) => registryKey(other) === key)) await shown.add([location]);
  await revealRow(explorer, location, image.repository.name, image.digest);
}

/** Opens the sidebar at an image, or without a digest at a repository, of a registry that is shown. */
export async function revealRow(
  explorer: RegistriesView,
  location: RegistryLocation,
  repository: string,
  digest?: string,
): Promise<void> {
  await vscode.commands.executeCommand("ecr.registries.focus");
  const { view } = explorer;
  const tree = await explorer.tree();
  // A view that opens just now knows no rows yet, and passes over a reveal without a word.
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const node =
      digest === undefined
        ? await tree.findRepository(location, repository)
        : await tree.findImage(location, repository, digest);
    if (!node) return;
    await view.reveal(node, { select: true, focus: true, expand: digest === undefined });
    const isSelected = view.selection.some((row) =>
      row.kind === "image"
        ? row.image.digest === digest
        : row.kind === "repository" && digest === undefined && row.repository.name === repository,
    );
    if (isSelected) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
