import * as vscode from "vscode";
import { isIndex, registryKey } from "../../core/registry.js";
import {
  formatAge,
  formatBytes,
  formatInstant,
  formatShortAge,
  shortDigest,
} from "../quantities.js";
import { tooltipTable } from "../tooltipTable.js";
import { architectures, placeLabel } from "./familyItems.js";
import type { ImageNode } from "./registryNodes.js";
import { untaggedUri } from "./untaggedDecoration.js";

/** Names an image as its row does: its tags, or that it has none. */
export function imageLabel({ image, within }: ImageNode): string {
  if (within) return placeLabel(within);
  return image.tags.length === 0 ? vscode.l10n.t("untagged") : image.tags.join(", ");
}

/** The row of an image. */
export function forImage(node: ImageNode): vscode.TreeItem {
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const { image, location, repository } = node;
  const item = new vscode.TreeItem(imageLabel(node), hasFamily(node) ? Collapsed : None);
  const platforms = isIndex(image) ? architectures(node.family) : undefined;
  const size = image.sizeBytes === undefined ? undefined : formatBytes(image.sizeBytes);
  const now = new Date();
  const age = image.pushedAt && formatAge(image.pushedAt, now);
  const shortAge = image.pushedAt && formatShortAge(image.pushedAt, now);
  const archived = image.status === "archived" ? vscode.l10n.t("archived") : undefined;
  const criticalCount = image.findings?.critical ?? 0;
  const critical = criticalCount > 0 ? vscode.l10n.t("{0} critical", criticalCount) : undefined;
  // All digests begin alike, and a row is narrow; tooltips and copies have them in full.
  const digest = shortDigest(image.digest).replace(/^sha256:/, "");
  // An index weighs nothing by itself, and its platforms say more.
  const shown = platforms
    ? [vscode.l10n.t("multi"), shortAge, platforms, critical, archived]
    : [size, shortAge, critical, archived, digest];
  const spoken = [
    size,
    age,
    criticalCount === 0
      ? undefined
      : criticalCount === 1
        ? vscode.l10n.t("1 critical finding")
        : vscode.l10n.t("{0} critical findings", criticalCount),
    archived,
    isIndex(image) ? (platforms ?? vscode.l10n.t("several platforms")) : undefined,
  ];
  item.id = `${registryKey(location)} ${repository.name} ${image.digest}`;
  item.iconPath = new vscode.ThemeIcon(
    archived === undefined ? (isIndex(image) ? "versions" : "layers") : "archive",
  );
  item.description = shown.filter((fact) => fact !== undefined).join(" · ");
  item.contextValue = image.tags.length > 0 ? "image;tagged" : "image";
  if (archived !== undefined) {
    item.contextValue = image.tags.length > 0 ? "image;archived;tagged" : "image;archived";
  }
  if (image.tags.length === 0) item.resourceUri = untaggedUri(repository.name, image.digest);
  item.accessibilityInformation = {
    label: vscode.l10n.t(
      "Image {0}, {1}",
      imageLabel(node),
      spoken.filter((fact) => fact !== undefined).join(", "),
    ),
  };
  return item;
}

/** The tooltip of an image: what its row leaves out. */
export function imageTooltip(node: ImageNode): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const { digest, tags, sizeBytes, pushedAt, lastPulledAt, mediaType, status } = node.image;
  return tooltipTable(imageLabel(node), [
    [t("Digest"), digest],
    [t("Tags"), tags.join(", ")],
    [t("Size"), sizeBytes === undefined ? undefined : formatBytes(sizeBytes)],
    [t("Pushed"), pushedAt && formatInstant(pushedAt)],
    [t("Last pulled"), lastPulledAt && formatInstant(lastPulledAt)],
    [t("Media type"), mediaType],
    [t("State"), status === "active" ? undefined : status],
  ]);
}

/** An index can be opened before it is known what it holds. */
function hasFamily({ image, family, location }: ImageNode): boolean {
  // ECR Public's API does not tell what an index holds.
  const canOpen = isIndex(image) && location.service !== "public";
  return family !== undefined && (canOpen || family.attached.length > 0);
}
