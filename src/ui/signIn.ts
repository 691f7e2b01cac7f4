import * as vscode from "vscode";
import { cancellation } from "../core/errors.js";
import type { DeviceCode, SignIn } from "../core/login/signIn.js";
import { withCancellableProgress } from "./cancellableProgress.js";
import { profileName } from "./loginNames.js";
import { signInInTerminal } from "./signInTerminal.js";
import { withoutLinks } from "./withoutLinks.js";

/** Signs in with a code in the browser, else in a terminal; tells whether the session is there. */
export async function signIn(profile: string | undefined, request: SignIn): Promise<boolean> {
  const { t } = vscode.l10n;
  const title = t("Signing in with {0}", profileName(profile));
  const result = await withCancellableProgress(title, (report, signal) =>
    request(
      profile,
      async (code) => {
        await openPage(code);
        report(withoutLinks(t("Code {0}: waiting for the browser", code.userCode)));
      },
      signal,
    ),
  );
  return result === "signed-in" || (await signInInTerminal(result, profile));
}

/**
 * Opens the page once the code has been read: the page asks whether it is the same one.
 *
 * VS Code opens it where the user sits, also from a remote host.
 */
async function openPage({ userCode, page }: DeviceCode): Promise<void> {
  const { t } = vscode.l10n;
  const open = t("Open Browser");
  const copy = t("Copy Code");
  const host = new URL(page).host;
  for (;;) {
    const chosen = await vscode.window.showInformationMessage(
      withoutLinks(
        t("Confirm the code {0} at {1}, and only if it is the same there.", userCode, host),
      ),
      open,
      copy,
    );
    if (chosen === undefined) throw cancellation();
    if (chosen === copy) await vscode.env.clipboard.writeText(userCode);
    else if (await vscode.env.openExternal(vscode.Uri.parse(page))) return;
  }
}
