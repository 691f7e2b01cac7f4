import { EcrError, type Failure } from "../core/errors.js";
import type { OidcRefusal } from "./oidcClient.js";

/**
 * Every code of a refused sign-in that has a kind of its own.
 *
 * Source: https://www.rfc-editor.org/rfc/rfc8628#section-3.5 and
 * https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html#API_CreateToken_Errors
 */
const KINDS: Readonly<Record<string, "sign-in-denied" | "sign-in-timed-out">> = {
  access_denied: "sign-in-denied",
  expired_token: "sign-in-timed-out",
};

/** Turns a refusal of the sign-in service into a failure; `secrets` stay out of its text. */
export function oidcFailure(
  refusal: OidcRefusal,
  profile: string | undefined,
  secrets: readonly string[],
): EcrError {
  const kind = KINDS[refusal.code];
  if (kind !== undefined) return new EcrError({ kind, profile });
  const words = refusal.description || refusal.code || `HTTP ${String(refusal.status)}`;
  const message = secrets.reduce((text, secret) => text.replaceAll(secret, "***"), words);
  return new EcrError({ kind: "sign-in-failed", profile, message } satisfies Failure);
}
