import * as vscode from "vscode";
import { tryParseEcrHost } from "../core/ecrHost.js";
import { EcrError } from "../core/errors.js";
import type { KeptTokens } from "../core/login/findToken.js";
import {
  type ContainerClient,
  type ContainerCommand,
  findLoginRefusal,
  tryParseContainerCommand,
} from "../core/login/loginRefusal.js";
import type { FoundToken } from "../core/ports.js";
import type { LoginWay, TerminalLogin, TerminalLogins } from "../core/login/terminalLogins.js";
import type { TokenKeeper } from "../core/login/tokenKeeper.js";
import type { ErrorBoundary } from "./errorBoundary.js";
import { ownHosts } from "./ownHosts.js";
import { formatSpan } from "./quantities.js";
import type { FailedCommand } from "./terminalWatch.js";
import { makeWindowTokens, type WindowTokenPorts } from "./windowTokens.js";

/** What helping a terminal needs. */
export interface TerminalHelpPorts extends WindowTokenPorts {
  readonly tokens: TokenKeeper;
  readonly boundary: ErrorBoundary;
  readonly terminalLogins: (client: ContainerClient) => Promise<TerminalLogins>;
}

/** Long enough for the code of an MFA device. */
const LOGIN_MS = 300_000;

/** What is to be done for one refused command. */
interface Fix {
  readonly command: ContainerCommand;
  readonly host: string;
  readonly logins: TerminalLogins;
  readonly way: LoginWay;
  /** The login that the terminal has, if it has one. */
  readonly login: TerminalLogin | undefined;
}

/** Offers a login to commands that a registry refused for want of one, once for each. */
export class TerminalHelp {
  /** What is run again here; when that fails again, more logins are no help. */
  readonly #retries = new WeakSet<vscode.TerminalShellExecution>();

  constructor(private readonly ports: TerminalHelpPorts) {}

  /** Offers *Fix and Retry* where a login is what was missing. */
  async offer(failed: FailedCommand): Promise<void> {
    const fix = this.#retries.has(failed.execution) ? undefined : await this.#findFix(failed);
    if (!fix) return;
    const { t } = vscode.l10n;
    const go = fix.command.isAlone ? t("Fix and Retry") : t("Log In");
    const never = t("Don't Show Again");
    const chosen = await vscode.window.showWarningMessage(describe(fix), go, never);
    if (chosen === never) {
      const settings = vscode.workspace.getConfiguration("ecr");
      await settings.update("terminalHelp", false, vscode.ConfigurationTarget.Global);
    }
    if (chosen === go) await this.#run(go, fix, failed);
  }

  async #findFix({ commandLine, output }: FailedCommand): Promise<Fix | undefined> {
    const command = tryParseContainerCommand(commandLine);
    if (!command) return undefined;
    const own = await ownHosts(this.ports);
    const isRegistry = (host: string): boolean =>
      tryParseEcrHost(host) !== undefined || own.includes(host);
    const refusal = findLoginRefusal(command, commandLine, output, isRegistry);
    if (!refusal) return undefined;
    const { host, isCertain } = refusal;
    const logins = await this.ports.terminalLogins(command.client);
    const login = (await logins.list(own)).find((known) => known.host === host);
    const isOver = login?.expiresAt !== undefined && login.expiresAt.getTime() <= Date.now();
    // With a login that lives, a refusal that tells no reason is about permissions.
    if (!isCertain && login && !isOver) return undefined;
    const { isAutomatic, ways } = await logins.listWays(host);
    const way = ways.find(({ kind }) => kind !== "ecr-login");
    return isAutomatic || !way ? undefined : { command, host, logins, way, login };
  }

  async #run(title: string, fix: Fix, failed: FailedCommand): Promise<void> {
    const again = (): Promise<void> => this.#run(title, fix, failed);
    await this.ports.boundary.run(title, () => this.#apply(fix, failed), { retry: again });
  }

  async #apply({ command, host, logins, way }: Fix, failed: FailedCommand): Promise<void> {
    const found = await this.#findNewToken(host);
    if (!found) throw new EcrError({ kind: "registry-unauthorized", host });
    await logins.logIn(found.token, way);
    const { t } = vscode.l10n;
    const left = formatSpan(found.token.remainingMs(new Date()));
    const text = t("{0} is logged in to {1} for {2}.", command.client, host, left);
    vscode.window.setStatusBarMessage(text, 5000);
    if (!command.isAlone) return;
    failed.terminal.show(true);
    this.#retries.add(failed.shellIntegration.executeCommand(failed.commandLine));
  }

  /** The token that the window has may be the one that is refused, and a new one lasts longest. */
  async #findNewToken(host: string): Promise<FoundToken | undefined> {
    const { tokens } = this.ports;
    const renewing: KeptTokens = {
      token: (registry, signal) => tokens.renew(registry, signal),
      replace: (registry, _, signal) => tokens.renew(registry, signal),
      held: (location) => tokens.held(location),
    };
    const find = makeWindowTokens({ ...this.ports, tokens: renewing });
    return await find(host, AbortSignal.timeout(LOGIN_MS));
  }
}

function describe({ command, host, way, login }: Fix): string {
  const { t } = vscode.l10n;
  const what = `${command.client} ${command.verb}`;
  const place = way.kind === "helper" ? way.program : way.kind === "file" ? way.path : "";
  return login === undefined
    ? t(
        "{0} failed: the terminal is not logged in to {1}. A login can be kept in {2}.",
        what,
        host,
        place,
      )
    : t(
        "{0} failed: the terminal's login for {1} is no longer accepted. A new one can be kept in {2}.",
        what,
        host,
        place,
      );
}
