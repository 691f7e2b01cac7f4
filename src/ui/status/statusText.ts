import * as vscode from "vscode";
import type { LoginConcern, LoginFacts, LoginStatus } from "../../core/login/loginStatus.js";
import type { RegistryLocation } from "../../core/registry.js";
import { profileName } from "../loginNames.js";
import { formatSpan } from "../quantities.js";

/** What the status bar item shows. */
export interface StatusText {
  /** With its icon. */
  readonly text: string;
  /** What a screen reader says. */
  readonly label: string;
  /** The id of the background's colour; undefined for that of the bar. */
  readonly colour: string | undefined;
}

/** How the item is to speak. */
export interface StatusWish {
  /** Whether the time that a login token has left is shown while all is well. */
  readonly showsTime: boolean;
  /** Work that is under way, which stands before everything else. */
  readonly work: string | undefined;
  readonly now: Date;
}

/** Says the most pressing of all logins in a word or two, or what work is under way. */
export function statusText(
  facts: LoginFacts,
  { concerns: [concern] }: LoginStatus,
  { showsTime, work, now }: StatusWish,
): StatusText {
  const { t } = vscode.l10n;
  const found = concern ? sayConcern(concern, facts, now) : sayQuiet(facts, showsTime, now);
  if (work === undefined) {
    const colour = found.colour && `statusBarItem.${found.colour}Background`;
    // High contrast themes have no background for warnings, so the icon tells as well.
    const icon = found.colour ?? "cloud";
    return { text: `$(${icon}) ECR ${found.text}`, label: found.label, colour };
  }
  const label = t("Amazon ECR: {0}", work);
  return { text: `$(sync~spin) ECR ${work}`, label, colour: undefined };
}

interface Said {
  readonly text: string;
  readonly label: string;
  readonly colour?: "warning" | "error";
}

function sayQuiet({ registries: [login] }: LoginFacts, showsTime: boolean, now: Date): Said {
  const { t } = vscode.l10n;
  if (!login) return { text: "", label: t("Amazon ECR") };
  const name = shortName(login.location);
  const leftMs = login.token?.remainingMs(now) ?? 0;
  if (!showsTime || leftMs <= 0)
    return { text: name, label: t("Amazon ECR: signed in with {0}", name) };
  const left = formatSpan(leftMs);
  return {
    text: `${name} ${left}`,
    label: t("Amazon ECR: signed in with {0}, the login token ends in {1}", name, left),
  };
}

function sayConcern(concern: LoginConcern, { registries: [used] }: LoginFacts, now: Date): Said {
  const { t } = vscode.l10n;
  const left = concern.endsAt ? formatSpan(concern.endsAt.getTime() - now.getTime()) : "";
  if (concern.kind === "terminal-ending") {
    return {
      text: t("Docker CLI {0}", left),
      label: t("Amazon ECR: the login of the Docker CLI for {0} ends in {1}", concern.host, left),
      colour: "warning",
    };
  }
  const { location } = concern;
  const name = shortName(location);
  const whose = profileName(location.profile);
  switch (concern.kind) {
    case "session-ended": {
      const isUsed = used && used.location.profile === location.profile;
      return {
        text: isUsed ? t("signed out") : t("{0} signed out", name),
        label: t("Amazon ECR: signed out, the AWS session of {0} has ended", whose),
        colour: "error",
      };
    }
    case "session-ending":
      return {
        text: `${name} ${left}`,
        label: t("Amazon ECR: the AWS session of {0} ends in {1}", whose, left),
        colour: "warning",
      };
    case "token-ended":
      return {
        text: t("{0} token ended", name),
        label: t("Amazon ECR: the login token of {0} has ended", whose),
        colour: "warning",
      };
    case "token-ending":
      return {
        text: `${name} ${left}`,
        label: t("Amazon ECR: the login token of {0} ends in {1}", whose, left),
        colour: "warning",
      };
  }
}

/** Names a registry in a word. */
function shortName({ profile, region }: RegistryLocation): string {
  return profile ?? region;
}
