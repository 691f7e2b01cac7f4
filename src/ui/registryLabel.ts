import * as vscode from "vscode";
import { PUBLIC_HOST } from "../core/ecrHost.js";
import type { RegistryLocation } from "../core/registry.js";

/** Names a registry as rows and titles do: `prod · eu-west-1`. */
export function registryLabel({ profile, region, service }: RegistryLocation): string {
  const place = service === "public" ? PUBLIC_HOST : region;
  return `${profile ?? vscode.l10n.t("default credentials")} · ${place}`;
}
