import * as vscode from "vscode";
import type { OpenRegistries } from "../../core/openRegistries.js";
import type { RegistryChoice } from "../registryChoice.js";

/** What copying the identity needs. */
export interface CopyIdentityPorts {
  readonly choice: RegistryChoice;
  readonly registries: OpenRegistries;
}

/** How long AWS may take to say who we are. */
const TIMEOUT_MS = 60_000;

/** *Copy Identity*: asks AWS who we are, and copies the ARN. */
export async function copyIdentity({ choice, registries }: CopyIdentityPorts): Promise<void> {
  const registry = await registries.open(await choice.locate());
  const { arn } = await registry.identify(AbortSignal.timeout(TIMEOUT_MS));
  await vscode.env.clipboard.writeText(arn);
  vscode.window.setStatusBarMessage(vscode.l10n.t("Copied {0}", arn), 5000);
}
