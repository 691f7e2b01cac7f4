import * as vscode from "vscode";
import type { AwsSession } from "../../core/login/awsSession.js";
import type { LoginFacts, RegistryLogin } from "../../core/login/loginStatus.js";
import type { TerminalLogin } from "../../core/login/terminalLogins.js";
import { commandIds } from "../commandIds.js";
import { formatAge, formatInstant, formatSpan } from "../quantities.js";
import { registryLabel } from "../registryLabel.js";
import { tooltipTable } from "../tooltipTable.js";

/** What the tooltip's links may run; everything else in it is text. */
const LINKS = [
  commandIds.renewToken,
  commandIds.signIn,
  commandIds.chooseRegistry,
  commandIds.logInDockerCli,
] as const;

/** Lists each registry's token and AWS session and each login of the terminals, with their ends. */
export function statusTooltip(
  { registries, terminal }: LoginFacts,
  now: Date,
): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const tables = registries.map((login) =>
    tooltipTable(registryLabel(login.location), [
      [t("Registry"), login.token?.host],
      [t("Login token"), tokenWords(login, now)],
      [t("AWS session"), sessionWords(login, now)],
    ]),
  );
  if (terminal.length > 0) {
    const rows = terminal.map((login) => [login.host, terminalWords(login, now)] as const);
    tables.push(tooltipTable(t("Docker CLI in terminals"), rows));
  }
  const links = LINKS.map((id) => `[${linkLabel(id)}](command:${id})`).join(" · ");
  const tooltip = new vscode.MarkdownString(
    [...tables.map(({ value }) => value), links].join("\n\n"),
  );
  tooltip.isTrusted = { enabledCommands: LINKS };
  tooltip.supportHtml = false;
  return tooltip;
}

function tokenWords({ token }: RegistryLogin, now: Date): string {
  return token
    ? endWords(token.expiresAt, now)
    : vscode.l10n.t("none yet; the first push gets one");
}

function sessionWords({ session, isRefused }: RegistryLogin, now: Date): string {
  const { t } = vscode.l10n;
  if (isRefused) return t("AWS does not take it any more");
  if (!session) return t("not known");
  if (!session.isThere) return t("none; sign in to get one");
  const { expiresAt, renewsItself } = session;
  if (renewsItself) return renewalWords(expiresAt, now);
  return expiresAt ? endWords(expiresAt, now) : t("ends at a time that only AWS knows");
}

function renewalWords(expiresAt: AwsSession["expiresAt"], now: Date): string {
  const { t } = vscode.l10n;
  if (!expiresAt) return t("does not end");
  const leftMs = expiresAt.getTime() - now.getTime();
  if (leftMs <= 0) return t("renews itself");
  return t("renews itself, next in {0} ({1})", formatSpan(leftMs), formatInstant(expiresAt));
}

function terminalWords({ expiresAt, heldBy }: TerminalLogin, now: Date): string {
  const { t } = vscode.l10n;
  if (expiresAt) return endWords(expiresAt, now);
  return heldBy === "ecr-login" ? t("renews itself") : t("ends at a time that is not known");
}

function endWords(end: Date, now: Date): string {
  const { t } = vscode.l10n;
  const leftMs = end.getTime() - now.getTime();
  return leftMs > 0
    ? t("ends in {0} ({1})", formatSpan(leftMs), formatInstant(end))
    : t("ended {0} ({1})", formatAge(end, now), formatInstant(end));
}

function linkLabel(id: (typeof LINKS)[number]): string {
  const { t } = vscode.l10n;
  switch (id) {
    case commandIds.renewToken:
      return t("Renew Login Token");
    case commandIds.signIn:
      return t("Sign In");
    case commandIds.chooseRegistry:
      return t("Choose Profile or Region…");
    case commandIds.logInDockerCli:
      return t("Log in Docker CLI…");
  }
}
