import { hasEnded } from "../login/awsSession.js";
import type { Registry } from "../ports.js";
import type { TokenKeeper } from "../login/tokenKeeper.js";
import type { Verdict } from "./check.js";

/** AWS refuses what is signed five minutes off; the SDK mends less, other tools don't. */
const SKEW_REFUSED_MS = 240_000;
const SKEW_NOTABLE_MS = 60_000;

/** Says who AWS says that we are. */
export async function checkIdentity(
  registry: Registry,
  signal: AbortSignal,
): Promise<Verdict<"identity">> {
  const { profile, region } = registry.location;
  const identity = await registry.identify(signal);
  return { state: "ok", facts: { ...identity, profile, region } };
}

/** Holds the time that the AWS session has left against what the last push took. */
export async function checkSession(
  registry: Registry,
  lastPushMs: number | undefined,
  now: Date,
  signal: AbortSignal,
): Promise<Verdict<"session">> {
  const session = await registry.readSession(signal);
  if (hasEnded(session, now)) {
    const { profile } = registry.location;
    return { state: "failed", failure: { kind: "credentials-expired", profile } };
  }
  const { expiresAt, renewsItself } = session;
  const remainingMs = expiresAt && expiresAt.getTime() - now.getTime();
  const isShort = !renewsItself && remainingMs !== undefined && remainingMs <= (lastPushMs ?? 0);
  const facts = { ...session, remainingMs, lastPushMs };
  return { state: isShort ? "warning" : "ok", facts };
}

/** Gets a login token, as a push does; one that is held serves. */
export async function checkToken(
  registry: Registry,
  tokens: TokenKeeper,
  now: Date,
  signal: AbortSignal,
): Promise<Verdict<"token">> {
  const token = await tokens.token(registry, signal);
  return { state: "ok", facts: { host: token.host, remainingMs: token.remainingMs(now) } };
}

/** Holds this machine's clock against AWS's; `answered` settles when AWS has said anything. */
export async function checkClock(
  registry: Promise<Registry>,
  answered: Promise<unknown>,
): Promise<Verdict<"clock">> {
  await answered.catch(() => undefined);
  const skewMs = await registry.then(
    (opened) => opened.readClockSkew(),
    () => undefined,
  );
  if (skewMs === undefined) return { state: "unknown", why: "hidden" };
  const facts = { skewMs };
  if (Math.abs(skewMs) < SKEW_NOTABLE_MS) return { state: "ok", facts };
  if (Math.abs(skewMs) < SKEW_REFUSED_MS) return { state: "warning", facts };
  const aheadMinutes = Math.round(skewMs / 60_000);
  return { state: "failed", facts, failure: { kind: "clock-skewed", aheadMinutes } };
}
