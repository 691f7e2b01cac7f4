import * as vscode from "vscode";

/** An image that a change left as it was, and why. */
export interface KeptImage {
  /** Its tags, or its short digest. */
  readonly name: string;
  readonly digest: string;
  /** A sentence. */
  readonly reason: string;
}

/** Says what a change came to, and shows for each image that stayed why, to whoever asks. */
export async function offerReasons(text: string, kept: readonly KeptImage[]): Promise<void> {
  const show = vscode.l10n.t("Show Why");
  const chosen = await vscode.window.showWarningMessage(text, ...(kept.length > 1 ? [show] : []));
  if (chosen !== show) return;
  await vscode.window.showQuickPick(
    kept.map(({ name, digest, reason }) => ({
      label: name,
      // A name that is the digest says it once.
      ...(name === digest ? {} : { description: digest }),
      detail: reason,
      iconPath: new vscode.ThemeIcon("warning"),
    })),
    {
      title: vscode.l10n.t("Images That Stay"),
      placeHolder: vscode.l10n.t("Why ECR kept each of them"),
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
}
