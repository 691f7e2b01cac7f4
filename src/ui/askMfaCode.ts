import * as vscode from "vscode";
import { cancellation } from "../core/errors.js";

/** Asks for the current code of an MFA device, for roles that need one. */
export async function askMfaCode(serial: string): Promise<string> {
  const code = await vscode.window.showInputBox({
    title: vscode.l10n.t("MFA Code"),
    prompt: vscode.l10n.t("Code of {0}", serial),
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^\d{6}$/.test(text.trim()) ? undefined : vscode.l10n.t("The code has six digits"),
  });
  if (code === undefined) throw cancellation();
  return code.trim();
}
