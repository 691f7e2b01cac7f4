import { type AwsSession, hasEnded } from "./awsSession.js";
import { EcrError, isCancellation } from "../errors.js";
import type { Registry } from "../ports.js";
import type { RegistryLocation } from "../registry.js";
import type { TokenKeeper } from "./tokenKeeper.js";

/** What renewing a token in the background needs. */
export interface RenewEarlyPorts {
  readonly tokens: TokenKeeper;
  readonly open: (location: RegistryLocation) => Promise<Registry>;
  readonly now: () => Date;
  readonly log: (line: string) => void;
}

/** Nobody waits for it, so it need not take long. */
const TIMEOUT_MS = 60_000;

/** The SDK gets new credentials this long before the old ones end, and may ask for a code then. */
const SDK_RENEWS_BEFORE_MS = 6 * 60_000;

/**
 * Renews a token past half of its life where nobody need do anything for that, and tells whether AWS
 * refuses the credentials.
 *
 * `session` is what the credentials come from; undefined where nobody knows.
 */
export async function renewEarly(
  { tokens, open, now, log }: RenewEarlyPorts,
  location: RegistryLocation,
  session: AwsSession | undefined,
): Promise<boolean> {
  const held = tokens.held(location);
  if (!held?.isPastHalfLife(now()) || (session && mayAsk(session, now()))) return false;
  try {
    await tokens.token(await open(location), AbortSignal.timeout(TIMEOUT_MS));
    return false;
  } catch (error) {
    if (isCancellation(error)) return false;
    log(`the login token for ${held.host} is not renewed: ${String(error)}`);
    return error instanceof EcrError && error.failure.kind.startsWith("credentials-");
  }
}

function mayAsk(session: AwsSession, now: Date): boolean {
  if (hasEnded(session, now)) return true;
  const { expiresAt, renewedBy } = session;
  if (renewedBy !== "mfa-code" || !expiresAt) return false;
  return expiresAt.getTime() - now.getTime() <= SDK_RENEWS_BEFORE_MS;
}
