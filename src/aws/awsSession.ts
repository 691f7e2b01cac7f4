import type { AwsSession } from "../core/login/awsSession.js";
import { effectiveProfile } from "./credentials.js";
import { readLoginSession } from "./loginCache.js";
import { type ProfileSettings, readAwsFiles } from "./sharedFiles.js";
import { findSourceProfile } from "./sourceProfile.js";
import { readRenewal, readSessionEnd } from "./ssoCache.js";
import { findSsoSession } from "./ssoSession.js";

/** What is known of the credentials that the clients work with. */
export interface HeldCredentials {
  /** When the credentials end; undefined where they never do, or don't tell. */
  readonly expiresAt: Date | undefined;
}

const LASTING: AwsSession = {
  isThere: true,
  expiresAt: undefined,
  renewsItself: true,
  renewedBy: "keys",
};

/**
 * Reads when the session behind a profile ends, from what the AWS tools keep on this machine.
 *
 * `held` is undefined until the first request has needed credentials. A session of sign-on counts
 * until the credentials end that it gave last: AWS takes those to their own end.
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export async function readAwsSession(
  profile: string | undefined,
  held: HeldCredentials | undefined,
  now: Date,
): Promise<AwsSession> {
  const named = effectiveProfile(profile);
  if (named === undefined && hasKeysInEnvironment()) return environmentSession();
  const { profiles } = await readAwsFiles();
  const { name, needsMfa } = findSourceProfile(profiles, named ?? "default");
  const settings = profiles.get(name) ?? {};
  const source = await sourceSession(name, settings, held, now);
  if (!needsMfa || held?.expiresAt === undefined) return source;
  return {
    isThere: true,
    expiresAt: held.expiresAt,
    renewsItself: false,
    renewedBy: "mfa-code",
  };
}

async function sourceSession(
  name: string,
  settings: ProfileSettings,
  held: HeldCredentials | undefined,
  now: Date,
): Promise<AwsSession> {
  if (settings["credential_source"] === "Environment") return environmentSession();
  // A role names where its keys come from; keys beside it are not used.
  if (settings["aws_access_key_id"] !== undefined) return keysSession(settings);
  const loginSession = settings["login_session"];
  if (Object.keys(settings).some((key) => key.startsWith("sso_"))) {
    return ssoSession(name, held, now);
  }
  if (loginSession !== undefined) {
    const kept = await readLoginSession(loginSession);
    return signOn(kept?.expiresAt, kept?.isRenewable ?? false, held, now);
  }
  // Programs, token files, containers and instances are asked again when their credentials end.
  return { ...LASTING, expiresAt: held?.expiresAt };
}

async function ssoSession(
  profile: string,
  held: HeldCredentials | undefined,
  now: Date,
): Promise<AwsSession> {
  const session = await findSsoSession(profile);
  if (typeof session === "string") return signOn(undefined, false, held, now);
  // The SDK renews none whose settings stand in the profile itself.
  const isRenewable = session.name !== undefined && (await readRenewal(session, now)) !== undefined;
  return signOn(await readSessionEnd(session), isRenewable, held, now);
}

function signOn(
  endsAt: Date | undefined,
  renewsItself: boolean,
  held: HeldCredentials | undefined,
  now: Date,
): AwsSession {
  const lives = endsAt !== undefined && (renewsItself || endsAt > now);
  const left = held?.expiresAt !== undefined && held.expiresAt > now ? held.expiresAt : undefined;
  const expiresAt = lives ? endsAt : (left ?? endsAt);
  return { isThere: expiresAt !== undefined, expiresAt, renewsItself, renewedBy: "sign-in" };
}

/** Tools that write temporary keys note their end under names of their own. */
const END_KEYS = ["x_security_token_expires", "aws_expiration", "expiration"] as const;

function keysSession(settings: ProfileSettings): AwsSession {
  if (settings["aws_session_token"] === undefined) return LASTING;
  const end = END_KEYS.map((key) => settings[key]).find((value) => value !== undefined);
  return { ...LASTING, expiresAt: tryParseInstant(end), renewsItself: false };
}

function hasKeysInEnvironment(): boolean {
  return Boolean(process.env["AWS_ACCESS_KEY_ID"] && process.env["AWS_SECRET_ACCESS_KEY"]);
}

function environmentSession(): AwsSession {
  if (!process.env["AWS_SESSION_TOKEN"]) return LASTING;
  const expiresAt = tryParseInstant(process.env["AWS_CREDENTIAL_EXPIRATION"]);
  return { ...LASTING, expiresAt, renewsItself: false };
}

function tryParseInstant(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  // Instants without a zone are in UTC, as the tools write them.
  const instant = new Date(/(?:[zZ]|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text.trim()}Z`);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}
