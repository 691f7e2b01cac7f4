import { EcrError } from "../errors.js";
import type { Registry } from "../ports.js";
import type { PushRequest } from "./pushRequest.js";

/**
 * Fails with `session-too-short` where the AWS session ends, for good, before a push is likely over:
 * one that takes as long as the last. Asks nothing of AWS.
 */
export async function checkSessionLasts(
  registry: Registry,
  { lastTookMs, acceptsShortSession = false }: PushRequest,
  now: Date,
  signal: AbortSignal,
): Promise<void> {
  if (lastTookMs === undefined || acceptsShortSession) return;
  const { expiresAt, renewsItself, renewedBy } = await registry.readSession(signal);
  if (renewsItself || expiresAt === undefined) return;
  const endsInMs = expiresAt.getTime() - now.getTime();
  // That it has ended is for AWS to say.
  if (endsInMs <= 0 || endsInMs > lastTookMs) return;
  const { profile } = registry.location;
  throw new EcrError({ kind: "session-too-short", profile, endsInMs, lastTookMs, renewedBy });
}
