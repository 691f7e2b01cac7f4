import * as vscode from "vscode";
import type { RegistryLocation } from "../../core/registry.js";
import { pickOne } from "../pickOne.js";
import { registryLabel } from "../registryLabel.js";

/** Asks for one of the registries in the sidebar, for commands that were called without a row. */
export async function askRegistry(
  locations: readonly RegistryLocation[],
  title: string,
): Promise<RegistryLocation | undefined> {
  const position = { title, step: 1, totalSteps: 1, canGoBack: false };
  const answer = await pickOne<RegistryLocation>(position, {
    placeholder:
      locations.length === 0
        ? vscode.l10n.t("No registry was added")
        : vscode.l10n.t("Registry: AWS profile and region"),
    load: (show) => {
      show(
        locations.map((location) => ({
          label: registryLabel(location),
          iconPath: new vscode.ThemeIcon(location.service === "public" ? "globe" : "server"),
          value: location,
        })),
      );
      return Promise.resolve();
    },
  });
  return answer.kind === "answer" ? answer.value : undefined;
}
