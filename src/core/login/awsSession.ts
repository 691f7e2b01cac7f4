/** The AWS session that a registry's credentials come from, as far as this machine can tell. */
export interface AwsSession {
  /** False where there is none: nobody has signed in yet, or somebody has signed out. */
  readonly isThere: boolean;
  /** When it ends; undefined where it never does by itself, or where nobody can tell. */
  readonly expiresAt: Date | undefined;
  /** Whether AWS goes on giving credentials after that without anybody doing something. */
  readonly renewsItself: boolean;
  /** What a person does to get another: the sign-in of AWS, a code of an MFA device, or new keys. */
  readonly renewedBy: "sign-in" | "mfa-code" | "keys";
}

/** Tells whether the session is over at `now`, and nobody but a person can mend that. */
export function hasEnded(session: AwsSession, now: Date): boolean {
  const { isThere, expiresAt, renewsItself } = session;
  if (!isThere) return true;
  return !renewsItself && expiresAt !== undefined && expiresAt.getTime() <= now.getTime();
}
