import { type AwsSession, hasEnded } from "./awsSession.js";
import { registryKey, type RegistryLocation } from "../registry.js";
import type { RegistryToken } from "./registryToken.js";
import type { TerminalLogin } from "./terminalLogins.js";

/** What is known of a registry that this window uses. */
export interface RegistryLogin {
  readonly location: RegistryLocation;
  readonly token: RegistryToken | undefined;
  /** Undefined where it can't be read, as when the profile is gone. */
  readonly session: AwsSession | undefined;
  /** Whether AWS did not take the credentials when it was last asked. */
  readonly isRefused: boolean;
}

/** All that can end: the registries that this window uses, and the logins of its terminals. */
export interface LoginFacts {
  /** The one in use comes first. */
  readonly registries: readonly RegistryLogin[];
  readonly terminal: readonly TerminalLogin[];
}

/** What people want to be told, and when. */
export interface LoginRules {
  /** How long before an end the warning comes; 0 warns of none. */
  readonly warningMs: number;
  /** Whether login tokens are renewed without a word, or people want to be asked. */
  readonly renewal: "auto" | "ask";
}

/** Something that ends, or has ended, and that nobody but a person can mend. */
export type LoginConcern =
  | {
      readonly kind: "session-ended" | "session-ending";
      readonly location: RegistryLocation;
      /** Undefined where AWS refuses before the end that is known, or none is known. */
      readonly endsAt: Date | undefined;
      readonly renewedBy: AwsSession["renewedBy"];
    }
  | {
      readonly kind: "token-ended" | "token-ending";
      readonly location: RegistryLocation;
      readonly host: string;
      readonly endsAt: Date;
    }
  | { readonly kind: "terminal-ending"; readonly host: string; readonly endsAt: Date };

/** What there is to say of all logins at an instant. */
export interface LoginStatus {
  /** The most pressing first; those of one kind in the order of their ends. */
  readonly concerns: readonly LoginConcern[];
  /** When there will be something else to say, apart from the passing of minutes. */
  readonly changesAt: Date | undefined;
}

const URGENCY: readonly LoginConcern["kind"][] = [
  "session-ended",
  "session-ending",
  "token-ended",
  "token-ending",
  "terminal-ending",
];

/** Decides what to say of the logins at `now`, and when that changes. */
export function decideLoginStatus(facts: LoginFacts, rules: LoginRules, now: Date): LoginStatus {
  const concerns = [
    ...facts.registries.flatMap((login) => registryConcerns(login, rules, now)),
    ...facts.terminal.flatMap((login) => terminalConcerns(login, rules, now)),
  ];
  const later = listInstants(facts, rules).filter((instant) => instant > now.getTime());
  return {
    concerns: concerns.sort(byUrgency),
    changesAt: later.length > 0 ? new Date(Math.min(...later)) : undefined,
  };
}

function registryConcerns(
  { location, token, session, isRefused }: RegistryLogin,
  { warningMs, renewal }: LoginRules,
  now: Date,
): readonly LoginConcern[] {
  const endsAt = session?.expiresAt;
  const of = { location, endsAt, renewedBy: session?.renewedBy ?? "sign-in" };
  if (isRefused || (session && hasEnded(session, now))) return [{ kind: "session-ended", ...of }];
  if (session && endsAt && !session.renewsItself && isSoon(endsAt, warningMs, now)) {
    return [{ kind: "session-ending", ...of }];
  }
  if (!token || renewal === "auto") return [];
  const { host, expiresAt } = token;
  if (expiresAt <= now) return [{ kind: "token-ended", location, host, endsAt: expiresAt }];
  return isSoon(expiresAt, warningMs, now)
    ? [{ kind: "token-ending", location, host, endsAt: expiresAt }]
    : [];
}

/** A login that has ended is no concern: many a Docker config has one from months ago. */
function terminalConcerns(
  { host, expiresAt }: TerminalLogin,
  { warningMs }: LoginRules,
  now: Date,
): readonly LoginConcern[] {
  if (!expiresAt || expiresAt <= now || !isSoon(expiresAt, warningMs, now)) return [];
  return [{ kind: "terminal-ending", host, endsAt: expiresAt }];
}

function isSoon(endsAt: Date, warningMs: number, now: Date): boolean {
  return warningMs > 0 && endsAt.getTime() - now.getTime() <= warningMs;
}

/** The instants at which a concern comes or changes, or a token is due for renewal. */
function listInstants(facts: LoginFacts, { warningMs, renewal }: LoginRules): readonly number[] {
  const around = (end: Date): number[] => [end.getTime() - warningMs, end.getTime()];
  const ofRegistries = facts.registries.flatMap(({ session, token }) => [
    ...(session?.expiresAt ? around(session.expiresAt) : []),
    ...(token && renewal === "ask" ? around(token.expiresAt) : []),
    ...(token && renewal === "auto" ? [token.halfLifeAt.getTime()] : []),
  ]);
  const ofTerminal = facts.terminal.flatMap(({ expiresAt }) =>
    expiresAt ? around(expiresAt) : [],
  );
  return [...ofRegistries, ...ofTerminal];
}

function byUrgency(one: LoginConcern, other: LoginConcern): number {
  const order = URGENCY.indexOf(one.kind) - URGENCY.indexOf(other.kind);
  return order || (one.endsAt?.getTime() ?? 0) - (other.endsAt?.getTime() ?? 0);
}

/** A key that is equal for concerns about the same end of the same thing. */
export function concernKey(concern: LoginConcern): string {
  const subject = "location" in concern ? registryKey(concern.location) : concern.host;
  return JSON.stringify([concern.kind.split("-")[0], subject, concern.endsAt?.toISOString()]);
}
