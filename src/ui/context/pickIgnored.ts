import * as vscode from "vscode";
import type { ContextContents } from "../../core/context/contextContents.js";
import { contextPlaces } from "./askAboutContext.js";

/** Asks which of the places of a context to ignore, some of them ticked; none when it is left. */
export async function pickIgnored(
  contents: ContextContents,
  ticked: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const cancel = new vscode.CancellationTokenSource();
  const stop = (): void => {
    cancel.cancel();
  };
  signal.addEventListener("abort", stop);
  try {
    const items = contextPlaces(contents).map(({ path, label, description, icon }) => ({
      label,
      description,
      iconPath: icon,
      picked: ticked.includes(path),
      path,
    }));
    const chosen = await vscode.window.showQuickPick(
      items,
      {
        title: vscode.l10n.t("Add to {0}", ignoreFileName(contents)),
        placeHolder: vscode.l10n.t("What the build should not get"),
        canPickMany: true,
        ignoreFocusOut: true,
      },
      cancel.token,
    );
    return chosen?.map(({ path }) => path) ?? [];
  } finally {
    signal.removeEventListener("abort", stop);
    cancel.dispose();
  }
}

/** Names the ignore file from its workspace folder on. */
export function ignoreFileName({ ignoreFile }: ContextContents): string {
  return vscode.workspace.asRelativePath(ignoreFile);
}
