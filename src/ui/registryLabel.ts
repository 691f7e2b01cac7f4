import * as vscode from "vscode";
import type { RegistryLocation } from "../core/registry.js";

/** Names a registry as rows and titles do: `prod · eu-west-1`. */
export function registryLabel({ profile, region }: RegistryLocation): string {
  return `${profile ?? vscode.l10n.t("default credentials")} · ${region}`;
}
