import * as vscode from "vscode";
import { findEngineStart } from "./startEngine.js";

/**
 * Starts the engine that does not answer, or shows how, and then offers to try again.
 *
 * Programs run without a shell. A command that wants a password stands in a terminal and waits for
 * Enter: nothing is done as root unseen.
 */
export async function startDocker(endpoint: string, retry?: () => unknown): Promise<void> {
  const { t } = vscode.l10n;
  const start = findEngineStart(endpoint, process.platform, vscode.env.remoteName);
  if (start.kind === "page") {
    await vscode.env.openExternal(vscode.Uri.parse(start.address));
    return;
  }
  const name = t("Start Docker");
  if (start.kind === "command") {
    const terminal = vscode.window.createTerminal({ name });
    terminal.show();
    terminal.sendText(start.line, false);
  } else {
    const { program, words } = start;
    vscode.window.createTerminal({ name, shellPath: program, shellArgs: [...words] }).show();
  }
  if (!retry) return;
  const again = t("Try Again");
  const message = t("Try again when Docker has started.");
  if ((await vscode.window.showInformationMessage(message, again)) === again) await retry();
}
