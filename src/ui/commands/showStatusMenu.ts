import * as vscode from "vscode";
import { commandIds } from "../commandIds.js";
import { pickOne } from "../pickOne.js";

/** Opens the menu of the status bar item. */
export async function showStatusMenu(title: string): Promise<void> {
  const { t } = vscode.l10n;
  const row = (icon: string, label: string, value: string) => ({
    label,
    iconPath: new vscode.ThemeIcon(icon),
    value,
  });
  const answer = await pickOne<string>(
    { title, step: 1, totalSteps: 1, canGoBack: false },
    {
      placeholder: t("Amazon ECR"),
      load: (show) => {
        show([
          row("cloud-upload", t("Push Again"), commandIds.pushDockerfileAgain),
          row("refresh", t("Renew Login Token"), commandIds.renewToken),
          row("key", t("Sign In"), commandIds.signIn),
          row("account", t("Choose Profile or Region…"), commandIds.chooseRegistry),
          row("copy", t("Copy Identity"), commandIds.copyIdentity),
          row("terminal", t("Log in Docker CLI…"), commandIds.logInDockerCli),
          row("server", t("Show Registries"), "ecr.registries.focus"),
          row("output", t("Show Log"), commandIds.showLog),
        ]);
        return Promise.resolve();
      },
    },
  );
  if (answer.kind === "answer") await vscode.commands.executeCommand(answer.value);
}
