import * as vscode from "vscode";
import { asEcrError, EcrError } from "../../core/errors.js";
import type { OpenRegistries } from "../../core/openRegistries.js";
import type { RegistryLocation } from "../../core/registry.js";
import type { ScanSettings } from "../../core/repositories/repositoryRules.js";
import type { RegistryFacts } from "./registryFacts.js";
import type { RepositoryNode } from "./registryNodes.js";
import { repositoryTooltip } from "./repositoryItems.js";

/**
 * Makes the tooltip of a repository, with what is read for it alone; what can't be read says why, in
 * its line alone.
 */
export async function describeRepository(
  node: RepositoryNode,
  registries: OpenRegistries,
  facts: RegistryFacts | undefined,
): Promise<vscode.MarkdownString> {
  const { repository, location, place } = node;
  // ECR Public has none of this.
  if (location.service === "public") return repositoryTooltip(node);
  const prefix = facts?.templateOf(repository.name)?.prefix;
  const template = prefix === "ROOT" ? vscode.l10n.t("everywhere") : prefix;
  const lacking = facts?.rulesFailure;
  const upstream = place?.upstream ?? (lacking === undefined ? undefined : unknown(lacking));
  const scanning = await readScanning(repository.name, registries, location);
  return repositoryTooltip(node, { scanning, template, upstream });
}

async function readScanning(
  repository: string,
  registries: OpenRegistries,
  location: RegistryLocation,
): Promise<string> {
  try {
    const { rules } = await registries.open(location);
    return scanWords(await rules.readScanSettings(repository, new AbortController().signal));
  } catch (error) {
    return unknown(error);
  }
}

function scanWords({ frequency }: ScanSettings): string {
  switch (frequency) {
    case "on-push":
      return vscode.l10n.t("on push");
    case "continuous":
      return vscode.l10n.t("continuously");
    case "manual":
      return vscode.l10n.t("on demand");
  }
}

/** A missing right is named; of other failures the log tells. */
function unknown(cause: unknown): string {
  const error = asEcrError(cause);
  const failure = error instanceof EcrError ? error.failure : undefined;
  return failure?.kind === "access-denied" && failure.action !== undefined
    ? vscode.l10n.t("not known, {0} is missing", failure.action)
    : vscode.l10n.t("not known");
}
