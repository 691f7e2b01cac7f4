import * as vscode from "vscode";
import { commandIds } from "../commandIds.js";
import type { ProfileSource } from "../../core/ports.js";
import type { RegistryChoice } from "../registryChoice.js";

/** What signing in needs. */
export interface SignInPorts {
  readonly choice: RegistryChoice;
  readonly profiles: () => Promise<ProfileSource>;
  /** Signs in, brings the window up to date, and tells whether the session is there. */
  readonly signIn: (profile: string | undefined) => Promise<boolean>;
}

/** *Sign In*: gets a new AWS session for a profile, or for the one in use. */
export async function signInToAws(ports: SignInPorts, profile: string | undefined): Promise<void> {
  const { t } = vscode.l10n;
  const name = profile ?? (await ports.choice.locate()).profile;
  const all = await (await ports.profiles()).listProfiles();
  const found = all.find((one) => one.name === (name ?? "default"));
  if (found?.source === "keys") {
    const choose = t("Choose Profile…");
    const message = t("Profile {0} has access keys, which need no sign-in.", found.name);
    const chosen = await vscode.window.showInformationMessage(message, choose);
    if (chosen === choose) await vscode.commands.executeCommand(commandIds.chooseRegistry);
    return;
  }
  const isSignedIn = await ports.signIn(name);
  const whose = name ?? t("the default credentials");
  if (isSignedIn) vscode.window.setStatusBarMessage(t("Signed in with {0}", whose), 5000);
}
