import * as vscode from "vscode";
import { isCancellation } from "../core/errors.js";
import type { OpenRegistries } from "../core/openRegistries.js";
import { registryKey, type RegistryLocation } from "../core/registry.js";
import type { RegistryToken } from "../core/registryToken.js";
import type { TokenKeeper } from "../core/tokenKeeper.js";
import { decideTokenState, type TokenState } from "../core/tokenState.js";
import { commandIds } from "./commandIds.js";
import { logFailure } from "./failureLog.js";
import { formatInstant, formatSpan } from "./quantities.js";
import { readSettings } from "./settings.js";
import { registryLabel } from "./registryLabel.js";
import { tooltipTable } from "./tooltipTable.js";

/** The text counts in minutes, so it is brought up to date once a minute. */
const UPDATE_INTERVAL_MS = 60_000;

/** A refused renewal turns to a warning when the token has less life than this. */
const WARNING_MS = 30 * 60_000;

/** What the status bar shows the state of. */
export interface StatusBarPorts {
  readonly tokens: TokenKeeper;
  readonly registries: OpenRegistries;
  readonly log: vscode.LogOutputChannel;
}

/** The one status bar item: hidden until ECR is used, then the registry and its token's time. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem("status", vscode.StatusBarAlignment.Left, 0);
  readonly #timer: NodeJS.Timeout;
  readonly #stopListening: () => void;
  #location: RegistryLocation | undefined;
  #refused = false;
  #work: string | undefined;

  constructor(private readonly ports: StatusBarPorts) {
    this.#item.name = vscode.l10n.t("ECR");
    this.#item.command = commandIds.showStatusMenu;
    this.#stopListening = ports.tokens.subscribe(() => {
      this.#refused = false;
      this.update();
    });
    this.#timer = setInterval(() => void this.#tick(), UPDATE_INTERVAL_MS);
  }

  /** Says which registry is in use; the item shows from the first time on. */
  markUsed(location: RegistryLocation): void {
    if (this.#location && registryKey(this.#location) === registryKey(location)) return;
    this.#location = location;
    this.#refused = false;
    this.update();
  }

  /** Says that AWS refuses to make a token, or makes them again. */
  markRefused(refused: boolean): void {
    this.#refused = refused;
    this.update();
  }

  /** Shows that work is under way; undefined when it has ended. */
  showWork(text: string | undefined): void {
    if (this.#work === text) return;
    this.#work = text;
    this.update();
  }

  /** Shows the present state. */
  update(): void {
    const state = this.#state();
    if (state.kind === "unused" || readSettings().statusBar === "never") {
      this.#item.hide();
      return;
    }
    const text = this.#work === undefined ? stateText(state) : this.#work;
    this.#item.text =
      this.#work === undefined ? `$(cloud) ECR ${text}` : `$(sync~spin) ECR ${text}`;
    this.#item.backgroundColor = this.#work === undefined ? background(state) : undefined;
    this.#item.tooltip = tooltip(state);
    const label = vscode.l10n.t("Amazon ECR: {0}", text);
    this.#item.accessibilityInformation = { label, role: "button" };
    this.#item.show();
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#stopListening();
    this.#item.dispose();
  }

  #state(): TokenState {
    const token = this.#location && this.ports.tokens.held(this.#location);
    return decideTokenState(this.#location, token, this.#refused, new Date());
  }

  /** Renews a token that is past half of its life, so that no push has to wait for one. */
  async #tick(): Promise<void> {
    const location = this.#location;
    const token = location && this.ports.tokens.held(location);
    if (location && token?.isPastHalfLife(new Date())) {
      try {
        const registry = await this.ports.registries.open(location);
        await this.ports.tokens.token(registry, AbortSignal.timeout(UPDATE_INTERVAL_MS));
      } catch (error) {
        if (!isCancellation(error)) logFailure(this.ports.log, "renew the login token", error);
        this.#refused = true;
      }
    }
    this.update();
  }
}

function stateText(state: Exclude<TokenState, { kind: "unused" }>): string {
  const { t } = vscode.l10n;
  if (state.kind === "signed-out") return t("signed out");
  const name = state.location.profile ?? state.location.region;
  const isShown = state.kind === "ending" || readSettings().statusBar === "always";
  return state.token && isShown ? `${name} ${timeLeft(state.token)}` : name;
}

function timeLeft(token: RegistryToken): string {
  const remainingMs = token.remainingMs(new Date());
  return remainingMs > 0 ? formatSpan(remainingMs) : vscode.l10n.t("ended");
}

function background(state: TokenState): vscode.ThemeColor | undefined {
  if (state.kind === "signed-out") return new vscode.ThemeColor("statusBarItem.errorBackground");
  return state.kind === "ending" && state.token.remainingMs(new Date()) <= WARNING_MS
    ? new vscode.ThemeColor("statusBarItem.warningBackground")
    : undefined;
}

function tooltip(state: Exclude<TokenState, { kind: "unused" }>): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const token = state.kind === "signed-out" ? undefined : state.token;
  return tooltipTable(registryLabel(state.location), [
    [t("State"), stateWords(state)],
    [t("Registry"), token?.host],
    [t("Login token"), token ? timeLeft(token) : undefined],
    [t("Ends"), token && formatInstant(token.expiresAt)],
  ]);
}

function stateWords(state: Exclude<TokenState, { kind: "unused" }>): string {
  const { t } = vscode.l10n;
  switch (state.kind) {
    case "signed-in":
      return state.token
        ? t("signed in; the token is renewed at half of its life")
        : t("no login token yet; the first push gets one");
    case "ending":
      return t("AWS does not renew the token; sign in before it ends");
    case "signed-out":
      return t("signed out: AWS makes no token for this identity");
  }
}
