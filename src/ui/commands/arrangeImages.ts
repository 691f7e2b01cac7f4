import * as vscode from "vscode";
import { type ImageOrder, imageOrders } from "../../core/images/imageOrder.js";
import { askRepositoryNode, type AskNodePorts } from "../askNode.js";
import type { RegistriesView } from "../explorer/registriesView.js";
import type { FilterNode, RepositoryNode } from "../explorer/registryNodes.js";
import { pickOne } from "../pickOne.js";

/** What changing the rows of a repository needs. */
export interface ArrangeImagesPorts extends AskNodePorts {
  readonly explorer: RegistriesView;
}

/** Asks for an order and puts the images of a repository into it. */
export async function sortImages(
  ports: ArrangeImagesPorts,
  title: string,
  target: RepositoryNode | undefined,
): Promise<void> {
  const node = target ?? (await askRepositoryNode(ports, title));
  if (!node) return;
  const tree = await ports.explorer.tree();
  const current = tree.images.of(node)?.order;
  const position = { title, step: 1, totalSteps: 1, canGoBack: false };
  const answer = await pickOne<ImageOrder>(position, {
    placeholder: vscode.l10n.t("Order of the images of {0}", node.repository.name),
    load: async (show) => {
      show(imageOrders.map((order) => ({ ...orderItem(order), value: order })));
      return Promise.resolve();
    },
    isActive: (order) => order === current,
  });
  if (answer.kind !== "answer") return;
  // All images are read for any order; sorting them anew is quick, but reading may take a while.
  await vscode.window.withProgress({ location: { viewId: "ecr.registries" } }, () =>
    tree.images.sort(node, answer.value),
  );
}

/** Asks for a text and shows only the images of a repository that fit it, as it is typed. */
export async function filterImages(
  ports: ArrangeImagesPorts,
  title: string,
  target: RepositoryNode | undefined,
): Promise<void> {
  const node = target ?? (await askRepositoryNode(ports, title));
  if (!node) return;
  const tree = await ports.explorer.tree();
  const before = tree.images.of(node)?.filter ?? "";
  const typed = await vscode.window.showInputBox({
    title,
    value: before,
    prompt: vscode.l10n.t(
      "Part of a tag, or the beginning of a digest. Empty shows all images of {0}.",
      node.repository.name,
    ),
  });
  if (typed === undefined) return;
  tree.images.filter(node, typed);
}

/** Shows all images of a repository again. */
export async function clearImageFilter(
  ports: ArrangeImagesPorts,
  title: string,
  target: FilterNode | undefined,
): Promise<void> {
  const node = target?.repositoryNode ?? (await askRepositoryNode(ports, title));
  if (node) (await ports.explorer.tree()).images.filter(node, "");
}

/** Reads the images of a repository anew. */
export async function refreshImages(
  ports: ArrangeImagesPorts,
  title: string,
  target: RepositoryNode | undefined,
): Promise<void> {
  const node = target ?? (await askRepositoryNode(ports, title));
  if (node) (await ports.explorer.tree()).refreshRepository(node.location, node.repository.name);
}

function orderItem(order: ImageOrder): { label: string; description?: string } {
  const { t } = vscode.l10n;
  switch (order) {
    case "newest":
      return { label: t("Newest First") };
    case "tag":
      return { label: t("By Tag"), description: t("1.9.0 before 1.10.0, untagged last") };
    case "highest-tag":
      return { label: t("Highest Tag First"), description: t("1.10.0 before 1.9.0") };
    case "largest":
      return { label: t("Largest First") };
    case "last-pulled":
      return { label: t("Last Pulled First"), description: t("never pulled last") };
  }
}
