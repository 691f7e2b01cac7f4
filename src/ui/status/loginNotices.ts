import * as vscode from "vscode";
import { hasEnded } from "../../core/login/awsSession.js";
import {
  concernKey,
  type LoginConcern,
  type LoginFacts,
  type LoginStatus,
} from "../../core/login/loginStatus.js";
import { registryKey, type RegistryLocation } from "../../core/registry.js";
import { commandIds } from "../commandIds.js";
import { profileName } from "../loginNames.js";
import { formatSpan } from "../quantities.js";
import { withoutLinks } from "../withoutLinks.js";

const STATE_KEY = "ecr.mutedNotices";

/** What people may not want to be told again: of AWS sessions, of tokens, of terminals. */
type Topic = "session" | "token" | "terminal";

/** Tells of logins that end, in one notification for each end, until people have had enough. */
export class LoginNotices {
  readonly #told = new Set<string>();
  /** Registries whose session lived while this window looked. */
  readonly #alive = new Set<string>();

  /** `state` keeps what people don't want to be told again. */
  constructor(private readonly state: vscode.Memento) {}

  /** Tells what is new among the concerns. */
  tell({ registries }: LoginFacts, { concerns }: LoginStatus, now: Date): void {
    for (const concern of concerns) {
      if (!this.#isNews(concern) || this.#muted().includes(topicOf(concern))) continue;
      void this.#show(concern, now);
    }
    for (const { location, session, isRefused } of registries) {
      const lives = session !== undefined && !isRefused && !hasEnded(session, now);
      if (lives) this.#alive.add(registryKey(location));
    }
  }

  /** Says that the user knows of a session's end already, as from a failure on screen. */
  noteKnown(location: RegistryLocation): void {
    this.#alive.delete(registryKey(location));
  }

  /** Tells of everything again. */
  unmute(): void {
    void this.state.update(STATE_KEY, undefined);
  }

  #isNews(concern: LoginConcern): boolean {
    // A session that had ended before ECR was used is a matter of whoever needs it.
    if (concern.kind === "session-ended") {
      const lived = this.#alive.delete(registryKey(concern.location));
      if (!lived) return false;
    }
    // The end of a token is news of its own: until then it served.
    const key = concern.kind.startsWith("token") ? concern.kind : "";
    return add(this.#told, key + concernKey(concern));
  }

  async #show(concern: LoginConcern, now: Date): Promise<void> {
    const { t } = vscode.l10n;
    const { label, command, target } = remedyOf(concern);
    const mute = t("Don't Show Again");
    const message = withoutLinks(messageOf(concern, now));
    const chosen = await vscode.window.showWarningMessage(message, label, mute);
    if (chosen === label) await vscode.commands.executeCommand(command, target);
    if (chosen === mute) {
      await this.state.update(STATE_KEY, [...this.#muted(), topicOf(concern)]);
    }
  }

  #muted(): readonly Topic[] {
    return this.state.get<readonly Topic[]>(STATE_KEY, []);
  }
}

/** Adds to a set, and tells whether it was not there. */
function add(set: Set<string>, key: string): boolean {
  if (set.has(key)) return false;
  set.add(key);
  return true;
}

function topicOf({ kind }: LoginConcern): Topic {
  if (kind === "terminal-ending") return "terminal";
  return kind === "token-ended" || kind === "token-ending" ? "token" : "session";
}

function messageOf(concern: LoginConcern, now: Date): string {
  const { t } = vscode.l10n;
  const left = concern.endsAt ? formatSpan(concern.endsAt.getTime() - now.getTime()) : "";
  switch (concern.kind) {
    case "session-ended":
      return t("The AWS session of {0} has ended.", profileName(concern.location.profile));
    case "session-ending":
      return t("The AWS session of {0} ends in {1}.", profileName(concern.location.profile), left);
    case "token-ended":
      return t("The login token for {0} has ended.", concern.host);
    case "token-ending":
      return t("The login token for {0} ends in {1}.", concern.host, left);
    case "terminal-ending":
      return t("The login of the Docker CLI for {0} ends in {1}.", concern.host, left);
  }
}

/** What one button does about a concern. */
function remedyOf(concern: LoginConcern): { label: string; command: string; target?: unknown } {
  const { t } = vscode.l10n;
  const renew = { label: t("Renew"), command: commandIds.renewToken };
  if (concern.kind === "terminal-ending") {
    return { label: t("Log in Docker CLI…"), command: commandIds.logInDockerCli };
  }
  if (!("renewedBy" in concern) || concern.renewedBy === "mfa-code") return renew;
  if (concern.renewedBy === "keys") {
    return { label: t("Choose Profile…"), command: commandIds.chooseRegistry };
  }
  const target = concern.location.profile;
  return { label: t("Sign In"), command: commandIds.signIn, target };
}
