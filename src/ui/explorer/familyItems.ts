import * as vscode from "vscode";
import type { ImageFamily } from "../../core/images/foldImages.js";
import { registryKey } from "../../core/registry.js";
import { formatBytes, shortDigest } from "../quantities.js";
import type { CachesNode, ImageNode, PlaceInFamily } from "./registryNodes.js";

/** Names an image that stands below another one: its platform, or what it is to that one. */
export function placeLabel({ role, platform }: PlaceInFamily): string {
  const { t } = vscode.l10n;
  switch (role) {
    case "platform":
      return platform ?? t("no platform");
    case "attestation":
      return t("attestation");
    case "signature":
      return t("signature");
    case "sbom":
      return t("SBOM");
    case "artifact":
      return t("artifact");
  }
}

/** Lists the architectures of an index, as `amd64 arm64`; undefined while they are not known. */
export function architectures(family: ImageFamily | undefined): string | undefined {
  const names = family?.platforms.flatMap(({ entry }) => {
    const [, ...architecture] = (entry.platform ?? "").split("/");
    return architecture.length === 0 ? [] : architecture.join("/");
  });
  return names && names.length > 0 ? [...new Set(names)].join(" ") : undefined;
}

/** The row of an image that stands below another one. */
export function forPlace(node: ImageNode, within: PlaceInFamily): vscode.TreeItem {
  const { image, location, repository } = node;
  const item = new vscode.TreeItem(placeLabel(within), vscode.TreeItemCollapsibleState.None);
  const size = image.sizeBytes === undefined ? undefined : formatBytes(image.sizeBytes);
  const digest = shortDigest(image.digest).replace(/^sha256:/, "");
  // A digest may stand below two indexes.
  const { digest: parentDigest } = within.parent.image;
  item.id = `${registryKey(location)} ${repository.name} ${parentDigest} ${image.digest}`;
  item.iconPath = new vscode.ThemeIcon(within.role === "platform" ? "chip" : "verified");
  item.description = [size, digest].filter((fact) => fact !== undefined).join(" · ");
  item.contextValue = within.role === "platform" ? "image" : "image;attached";
  const label = placeLabel(within);
  const words = size === undefined ? label : `${label}, ${size}`;
  item.accessibilityInformation = {
    label: within.role === "platform" ? vscode.l10n.t("Platform {0}", words) : words,
  };
  return item;
}

/** The row that holds the build caches of a repository. */
export function forCaches({ repositoryNode, images }: CachesNode): vscode.TreeItem {
  const { t } = vscode.l10n;
  const label = images.length === 1 ? t("1 build cache") : t("{0} build caches", images.length);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${repositoryNode.repository.uri} caches`;
  const sizes = images.flatMap(({ sizeBytes }) => sizeBytes ?? []);
  if (sizes.length > 0) item.description = formatBytes(sizes.reduce((sum, size) => sum + size, 0));
  item.iconPath = new vscode.ThemeIcon("database");
  item.contextValue = "caches";
  item.accessibilityInformation = {
    label: [label, item.description].filter((fact) => fact !== undefined).join(", "),
  };
  return item;
}
