import * as vscode from "vscode";
import { registryKey, type Repository } from "../../core/registry.js";
import { formatInstant } from "../quantities.js";
import { tooltipTable } from "../tooltipTable.js";
import { cacheWords } from "./cacheWords.js";
import type { RepositoryNode } from "./registryNodes.js";

/** The row of a repository. */
export function forRepository({ location, repository, place }: RepositoryNode): vscode.TreeItem {
  const { t } = vscode.l10n;
  const { name } = repository;
  const label = place?.namespace === undefined ? name : name.slice(place.namespace.length + 1);
  const item = new vscode.TreeItem(
    place?.matches ? { label, highlights: place.matches } : label,
    vscode.TreeItemCollapsibleState.Collapsed,
  );
  const isImmutable = repository.tagMutability.default === "immutable";
  const isPinned = place?.isPinned === true;
  const isPublic = location.service === "public";
  const upstream = place?.upstream;
  item.id = `${registryKey(location)} ${name}`;
  item.iconPath = new vscode.ThemeIcon(isPinned ? "pinned" : "package");
  item.contextValue = isImmutable ? "repository;immutable" : "repository";
  if (isPinned)
    item.contextValue = isImmutable ? "repository;immutable;pinned" : "repository;pinned";
  // Public repositories have no immutable tags.
  if (isPublic) item.contextValue = isPinned ? "repository;pinned;public" : "repository;public";
  const badges = [
    isImmutable ? t("immutable") : undefined,
    upstream === undefined ? undefined : cacheWords(upstream),
  ].filter((badge) => badge !== undefined);
  if (badges.length > 0) item.description = badges.join(" · ");
  const spoken = [
    t("Repository {0}", name),
    isPinned ? t("pinned") : undefined,
    isImmutable ? t("immutable tags") : undefined,
    upstream === undefined ? undefined : cacheWords(upstream),
  ];
  item.accessibilityInformation = {
    label: spoken.filter((fact) => fact !== undefined).join(", "),
  };
  return item;
}

/** What the tooltip of a repository says besides what its list told. */
export interface RepositoryExtras {
  /** When images are scanned, in words, or why that is not known. */
  readonly scanning?: string | undefined;
  /** The namespace in which pushes create repositories, if the repository stands in one. */
  readonly template?: string | undefined;
  /** From where images are copied, or why that is not known. */
  readonly upstream?: string | undefined;
}

/** The tooltip of a repository: what its row leaves out. */
export function repositoryTooltip(
  { repository }: RepositoryNode,
  extras: RepositoryExtras = {},
): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const { name, uri, arn, createdAt } = repository;
  return tooltipTable(name, [
    [t("URI"), uri],
    [t("ARN"), arn],
    [t("Tags"), mutabilityWords(repository)],
    [t("Encryption"), encryptionWords(repository)],
    [t("Scans"), extras.scanning],
    [t("Pull-through cache"), extras.upstream],
    [t("Created on push"), extras.template],
    [t("Created"), createdAt && formatInstant(createdAt)],
  ]);
}

function mutabilityWords({ tagMutability }: Repository): string {
  const { t } = vscode.l10n;
  const { default: rule, exclusions } = tagMutability;
  const words = rule === "immutable" ? t("immutable") : t("mutable");
  return exclusions.length === 0 ? words : t("{0}, except {1}", words, exclusions.join(", "));
}

function encryptionWords({ encryption }: Repository): string | undefined {
  if (!encryption) return undefined;
  const { type, key } = encryption;
  return key === undefined ? type : vscode.l10n.t("{0}, key {1}", type, key);
}
