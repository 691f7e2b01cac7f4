import * as vscode from "vscode";
import type { LoginOwner } from "../core/login/loginOwner.js";

/** Names whose login it is, for a sentence. */
export function holderName(login: LoginOwner): string {
  return login.kind === "docker" ? login.username : profileName(login.profile);
}

/** Names a profile, or the default credentials, for a sentence. */
export function profileName(profile: string | undefined): string {
  return profile === undefined
    ? vscode.l10n.t("the default credentials")
    : vscode.l10n.t("profile {0}", profile);
}
