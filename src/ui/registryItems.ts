import * as vscode from "vscode";
import { asEcrError, EcrError } from "../core/errors.js";
import { isIndex, registryKey, type Repository } from "../core/registry.js";
import { commandIds } from "./commandIds.js";
import { explain } from "./failures/explain.js";
import { architectures, forCaches, forPlace, placeLabel } from "./familyItems.js";
import {
  formatAge,
  formatBytes,
  formatInstant,
  formatShortAge,
  shortDigest,
} from "./quantities.js";
import type {
  EmptyNode,
  FailureNode,
  ImageNode,
  MoreNode,
  RegistryNode,
  RegistryTreeNode,
  RepositoryNode,
} from "./registryNodes.js";
import { registryLabel } from "./registryLabel.js";
import { tooltipTable } from "./tooltipTable.js";
import { untaggedUri } from "./untaggedDecoration.js";

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** Returns the row for a node; tooltips come later, from `registryTooltip`. */
export function registryItem(node: RegistryTreeNode): vscode.TreeItem {
  switch (node.kind) {
    case "registry":
      return forRegistry(node);
    case "repository":
      return forRepository(node);
    case "image":
      return node.within ? forPlace(node, node.within) : forImage(node);
    case "caches":
      return forCaches(node);
    case "more":
      return forMore(node);
    case "failure":
      return forFailure(node);
    case "empty":
      return forEmpty(node);
  }
}

/** Returns the tooltip for a node that has more to say than its row. */
export function registryTooltip(node: RegistryTreeNode): vscode.MarkdownString | undefined {
  const { t } = vscode.l10n;
  if (node.kind === "repository") {
    const { uri, arn, createdAt } = node.repository;
    return tooltipTable(node.repository.name, [
      [t("URI"), uri],
      [t("ARN"), arn],
      [t("Tags"), mutabilityWords(node.repository)],
      [t("Created"), createdAt && formatInstant(createdAt)],
    ]);
  }
  if (node.kind === "image") {
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
  return undefined;
}

/** Names an image as its row does: its tags, or that it has none. */
export function imageLabel({ image, within }: ImageNode): string {
  if (within) return placeLabel(within);
  return image.tags.length === 0 ? vscode.l10n.t("untagged") : image.tags.join(", ");
}

function forRegistry(node: RegistryNode): vscode.TreeItem {
  const item = new vscode.TreeItem(registryLabel(node.location), Expanded);
  item.id = registryKey(node.location);
  item.iconPath = new vscode.ThemeIcon("server");
  item.contextValue = "registry";
  if (node.registryId !== undefined) item.description = groupDigits(node.registryId);
  item.accessibilityInformation = {
    label: vscode.l10n.t("Registry {0}", registryLabel(node.location)),
  };
  return item;
}

function forRepository({ location, repository }: RepositoryNode): vscode.TreeItem {
  const item = new vscode.TreeItem(repository.name, Collapsed);
  const isImmutable = repository.tagMutability.default === "immutable";
  item.id = `${registryKey(location)} ${repository.name}`;
  item.iconPath = new vscode.ThemeIcon("package");
  item.contextValue = isImmutable ? "repository;immutable" : "repository";
  if (isImmutable) item.description = vscode.l10n.t("immutable");
  item.accessibilityInformation = {
    label: isImmutable
      ? vscode.l10n.t("Repository {0}, immutable tags", repository.name)
      : vscode.l10n.t("Repository {0}", repository.name),
  };
  return item;
}

function forImage(node: ImageNode): vscode.TreeItem {
  const { image, location, repository } = node;
  const item = new vscode.TreeItem(imageLabel(node), hasFamily(node) ? Collapsed : None);
  const platforms = isIndex(image) ? architectures(node.family) : undefined;
  const size = image.sizeBytes === undefined ? undefined : formatBytes(image.sizeBytes);
  const now = new Date();
  const age = image.pushedAt && formatAge(image.pushedAt, now);
  const shortAge = image.pushedAt && formatShortAge(image.pushedAt, now);
  const archived = image.status === "archived" ? vscode.l10n.t("archived") : undefined;
  // All digests begin alike, and a row is narrow; tooltips and copies have them in full.
  const digest = shortDigest(image.digest).replace(/^sha256:/, "");
  // An index weighs nothing by itself, and its platforms say more.
  const shown = platforms
    ? [vscode.l10n.t("multi"), shortAge, platforms, archived]
    : [size, shortAge, archived, digest];
  const spoken = [
    size,
    age,
    archived,
    isIndex(image) ? (platforms ?? vscode.l10n.t("several platforms")) : undefined,
  ];
  item.id = `${registryKey(location)} ${repository.name} ${image.digest}`;
  item.iconPath = new vscode.ThemeIcon(
    archived === undefined ? (isIndex(image) ? "versions" : "layers") : "archive",
  );
  item.description = shown.filter((fact) => fact !== undefined).join(" · ");
  item.contextValue = image.tags.length > 0 ? "image;tagged" : "image";
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

/** An index can be opened before it is known what it holds. */
function hasFamily({ image, family }: ImageNode): boolean {
  return family !== undefined && (isIndex(image) || family.attached.length > 0);
}

function forMore(node: MoreNode): vscode.TreeItem {
  const { t } = vscode.l10n;
  const shown = node.shown.toLocaleString(vscode.env.language);
  const total = node.total.toLocaleString(vscode.env.language);
  const item = new vscode.TreeItem(t("Load more…"), None);
  item.id = `${node.repositoryNode.repository.uri} more`;
  item.description = node.isComplete
    ? t("{0} of {1}", shown, total)
    : t("{0} of {1}, still reading", shown, total);
  item.iconPath = new vscode.ThemeIcon(node.isComplete ? "ellipsis" : "loading~spin");
  item.contextValue = "more";
  item.command = { command: commandIds.loadMoreImages, title: t("Load more…"), arguments: [node] };
  return item;
}

function forFailure(node: FailureNode): vscode.TreeItem {
  const error = asEcrError(node.error);
  const message = error instanceof EcrError ? explain(error.failure).message : error.message;
  const item = new vscode.TreeItem(message, None);
  item.iconPath = new vscode.ThemeIcon(
    "error",
    new vscode.ThemeColor("problemsErrorIcon.foreground"),
  );
  item.tooltip = message;
  item.contextValue = "failure";
  const title = vscode.l10n.t("Show What to Do");
  item.command = { command: commandIds.showFailure, title, arguments: [node] };
  return item;
}

function forEmpty(node: EmptyNode): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t("No images yet"), None);
  item.id = `${node.repositoryNode.repository.uri} empty`;
  item.contextValue = "empty";
  return item;
}

function mutabilityWords({ tagMutability }: Repository): string {
  const { t } = vscode.l10n;
  const { default: rule, exclusions } = tagMutability;
  const words = rule === "immutable" ? t("immutable") : t("mutable");
  return exclusions.length === 0 ? words : t("{0}, except {1}", words, exclusions.join(", "));
}

/** Groups an account id as the AWS console does: `1234-5678-9012`. */
function groupDigits(accountId: string): string {
  return accountId.replace(/(\d{4})(?=\d)/g, "$1-");
}
