import * as vscode from "vscode";
import type { LoginRules } from "../../core/login/loginStatus.js";
import { LoginWatch } from "../../core/login/loginWatch.js";
import type { OpenRegistries } from "../../core/openRegistries.js";
import type { RegistryLocation } from "../../core/registry.js";
import type { TerminalLogins } from "../../core/login/terminalLogins.js";
import type { TokenKeeper } from "../../core/login/tokenKeeper.js";
import { readSettings } from "../settings.js";
import { LoginNotices } from "./loginNotices.js";
import { statusText } from "./statusText.js";
import { statusTooltip } from "./statusTooltip.js";

/** What the item's content comes from. */
export interface StatusContentPorts {
  readonly tokens: TokenKeeper;
  readonly registries: OpenRegistries;
  readonly terminalLogins: () => Promise<TerminalLogins>;
  readonly log: vscode.LogOutputChannel;
  /** Where it is kept what people don't want to be told again. */
  readonly state: vscode.Memento;
  /** Hears of a session that is there again, though nobody signed in here. */
  readonly onRevived: () => void;
}

/** The settings that change what is shown. */
const SHOWN = ["ecr.statusBar", "ecr.tokenWarningMinutes", "ecr.renewTokens"];

/** Fills the status bar item with the state of the logins, and warns of those that end. */
export class StatusContent implements vscode.Disposable {
  readonly #watch: LoginWatch;
  readonly #notices: LoginNotices;
  readonly #listeners: readonly vscode.Disposable[];
  #work: string | undefined;

  constructor(
    private readonly item: vscode.StatusBarItem,
    { tokens, registries, terminalLogins, log, state, onRevived }: StatusContentPorts,
  ) {
    this.#notices = new LoginNotices(state);
    this.#watch = new LoginWatch({
      tokens,
      open: registries.open.bind(registries),
      listTerminalLogins: async (hosts) => (await terminalLogins()).list(hosts),
      rules: readRules,
      now: () => new Date(),
      wakeAfter: (milliseconds, wake) => {
        const timer = setTimeout(wake, milliseconds);
        return () => {
          clearTimeout(timer);
        };
      },
      log: (line) => {
        log.info(line);
      },
      onRevived,
    });
    this.#watch.subscribe(() => {
      this.#draw();
      this.#notices.tell(this.#watch.facts, this.#watch.status, new Date());
    });
    this.#listeners = [
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("ecr.tokenWarningMinutes")) this.#notices.unmute();
        if (SHOWN.some((setting) => change.affectsConfiguration(setting))) {
          void this.#watch.check();
        }
      }),
      // A computer that slept is often told of by the window that gets the focus again.
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) void this.#watch.check();
      }),
    ];
  }

  /** Says which registry is in use. */
  async use(location: RegistryLocation): Promise<void> {
    await this.#watch.use(location);
  }

  /** Says that AWS refuses the credentials of a profile, and that the user knows. */
  markRefused(profile: string | undefined): void {
    for (const { location } of this.#watch.facts.registries) {
      if (location.profile === profile) this.#notices.noteKnown(location);
    }
    this.#watch.markRefused(profile);
  }

  /** Says that there may be another identity, so that former refusals count no more. */
  async forgetRefusals(): Promise<void> {
    await this.#watch.forgetRefusals();
  }

  /** Shows that work is under way; undefined when it has ended. */
  showWork(text: string | undefined): void {
    if (this.#work === text) return;
    this.#work = text;
    this.#draw();
  }

  dispose(): void {
    this.#watch.dispose();
    for (const listener of this.#listeners) listener.dispose();
  }

  #draw(): void {
    const { item } = this;
    const { facts, status } = this.#watch;
    const setting = readSettings().statusBar;
    const now = new Date();
    if (facts.registries.length === 0 || setting === "never") {
      item.hide();
      return;
    }
    const { text, label, colour } = statusText(facts, status, {
      showsTime: setting === "always",
      work: this.#work,
      now,
    });
    item.text = text;
    item.backgroundColor = colour === undefined ? undefined : new vscode.ThemeColor(colour);
    item.tooltip = statusTooltip(facts, now);
    item.accessibilityInformation = { label, role: "button" };
    item.show();
  }
}

function readRules(): LoginRules {
  const { tokenWarningMinutes, renewTokens } = readSettings();
  return { warningMs: tokenWarningMinutes * 60_000, renewal: renewTokens };
}
