import * as vscode from "vscode";
import type { LocalImage } from "../../core/enginePorts.js";
import type { EcrPlace } from "../../core/images/inEcr.js";
import { sumBytes } from "../../core/changes/planRemoval.js";
import { formatAge, formatBytes, formatInstant, formatShortAge } from "../quantities.js";
import { tooltipTable } from "../tooltipTable.js";
import { countOtherNames, localRowName, withoutEcrHost } from "./localImageNames.js";
import type { DanglingNode, LocalImageNode, LocalImagesNode } from "./localImageNodes.js";

/** Returns the row for a node; tooltips come later, from `localTooltip`. */
export function localItem(node: LocalImagesNode): vscode.TreeItem {
  return node.kind === "dangling" ? forDangling(node) : forImage(node);
}

/** Returns the tooltip for a node: what its row leaves out. */
export function localTooltip(node: LocalImagesNode): vscode.MarkdownString | undefined {
  if (node.kind === "dangling") return undefined;
  const { t } = vscode.l10n;
  const { image, places, platform } = node;
  const created = knownDate(image);
  const seen = places.filter(({ isSeen }) => isSeen);
  const claimed = places.filter(({ isSeen }) => !isSeen);
  return tooltipTable(localRowName(image), [
    [t("Id"), image.id],
    [t("Names"), image.references.join(", ")],
    [t("Size"), formatBytes(image.sizeBytes)],
    [t("Platform"), platform],
    [t("Created"), created && formatInstant(created)],
    [t("In ECR"), seen.map(placeText).join(", ")],
    [t("Pulled from or pushed to"), claimed.map(({ uri }) => uri).join(", ")],
  ]);
}

/** Names a place in ECR: the repository with its tags there. */
export function placeText({ uri, tags }: EcrPlace): string {
  return tags.length === 0 ? uri : `${uri}:${tags.join(", ")}`;
}

function forImage({ image, platform, places }: LocalImageNode): vscode.TreeItem {
  const { t } = vscode.l10n;
  const name = localRowName(image);
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.None);
  const others = countOtherNames(image);
  const created = knownDate(image);
  const size = formatBytes(image.sizeBytes);
  const now = new Date();
  const isInEcr = places.length > 0;
  const shown = [
    others > 0 ? t("+{0}", others) : undefined,
    size,
    created && formatShortAge(created, now),
    platform?.replace(/^linux\//, ""),
    isInEcr ? t("in ECR") : undefined,
  ];
  const spoken = [
    others === 0 ? undefined : others === 1 ? t("1 other name") : t("{0} other names", others),
    size,
    created && formatAge(created, now),
    platform,
    isInEcr ? t("in ECR") : undefined,
  ];
  item.id = image.id;
  item.description = shown.filter((fact) => fact !== undefined).join(" · ");
  item.iconPath = new vscode.ThemeIcon(isInEcr ? "cloud" : "layers");
  item.contextValue = image.references.length > 0 ? "localImage;named" : "localImage";
  const facts = spoken.filter((fact) => fact !== undefined).join(", ");
  item.accessibilityInformation = { label: t("Local image {0}, {1}", spokenName(image), facts) };
  return item;
}

function forDangling({ images }: DanglingNode): vscode.TreeItem {
  const { t } = vscode.l10n;
  const size = formatBytes(sumBytes(images));
  const label =
    images.length === 1 ? t("1 dangling image") : t("{0} dangling images", images.length);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = "dangling";
  item.description = size;
  item.iconPath = new vscode.ThemeIcon("circle-outline");
  item.contextValue = "danglingImages";
  item.tooltip = t("Images that no tag names any more, as newer ones have taken their names");
  item.accessibilityInformation = { label: `${label}, ${size}` };
  return item;
}

/** Says the name as far as it can be said: of a digest, where it is from and how it begins. */
function spokenName(image: LocalImage): string {
  const [pinned] = image.digests;
  if (image.references.length > 0) return localRowName(image);
  const begins = (digest: string): string => digest.slice(digest.indexOf(":") + 1).slice(0, 4);
  if (pinned === undefined) return vscode.l10n.t("untagged, id {0}", begins(image.id));
  const [repository = "", digest = ""] = pinned.split("@");
  return vscode.l10n.t("untagged of {0}, digest {1}", withoutEcrHost(repository), begins(digest));
}

/** Builds that can be repeated to the byte set no date, or the first there is. */
function knownDate({ createdAt }: LocalImage): Date | undefined {
  return createdAt.getTime() > 0 ? createdAt : undefined;
}
