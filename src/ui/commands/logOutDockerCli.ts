import * as vscode from "vscode";
import type { TerminalLogin } from "../../core/login/terminalLogins.js";
import { ownHosts } from "../ownHosts.js";
import { pickOne } from "../pickOne.js";
import { formatSpan } from "../quantities.js";
import type { DockerCliPorts } from "./logInDockerCli.js";

/** *Log out Docker CLI…*: removes a registry's login from the docker command in terminals. */
export async function logOutDockerCli(ports: DockerCliPorts, title: string): Promise<void> {
  const logins = await ports.terminalLogins();
  const position = { title, step: 1, totalSteps: 1, canGoBack: false };
  const answer = await pickOne<string>(position, {
    placeholder: vscode.l10n.t("Login to remove from docker in the terminal"),
    load: async (show) => {
      const all = await logins.list(await ownHosts(ports));
      const items = all
        .filter(({ heldBy }) => heldBy !== "environment")
        .map((login) => ({
          label: login.host,
          iconPath: new vscode.ThemeIcon("key"),
          description: describe(login),
          value: login.host,
        }));
      show(items.length > 0 ? items : [{ label: vscode.l10n.t("There is no login for ECR") }]);
    },
  });
  if (answer.kind !== "answer") return;
  await logins.logOut(answer.value);
  void vscode.window.showInformationMessage(
    vscode.l10n.t("docker in the terminal has no login for {0} any more.", answer.value),
  );
}

function describe({ expiresAt, heldBy }: TerminalLogin): string {
  if (heldBy === "ecr-login") return "docker-credential-ecr-login";
  if (!expiresAt) return "";
  const left = expiresAt.getTime() - Date.now();
  return left > 0 ? vscode.l10n.t("{0} left", formatSpan(left)) : vscode.l10n.t("ended");
}
