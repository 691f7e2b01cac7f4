/** What stands where a secret was. */
const BLOT = "[redacted]";
/** Tokens are renewed for ever; the last of them are those that may still be printed. */
const MAX_SECRETS = 100;
/** Shorter texts are words that stand elsewhere as well. */
const MIN_LENGTH = 8;

/**
 * Words that name a secret, and what follows them.
 *
 * Sources: https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html,
 * https://docs.docker.com/reference/api/engine/version/v1.47/#section/Authentication
 */
const NAMED =
  /((?:authorization|x-registry-auth|x-registry-config|x-amz-security-token|(?:aws_?)?secret_?access_?key|(?:aws_?)?session_?token|password|identitytoken|"auth")"?\s*[:=]\s*"?(?:(?:basic|bearer) )?)[^\s"',;]{8,}/gi;
/** Longer than any digest or id, and of the letters of base64: tokens and session tokens. */
const LONG = /[\w+/-]{200,}={0,2}/g;

/** The one place that takes secrets out of what is written to logs. */
export class Redactor {
  readonly #secrets = new Set<string>();

  /** Remembers a secret that this process holds, so that it is found in any text. */
  learn(secret: string): void {
    if (secret.length < MIN_LENGTH) return;
    this.#secrets.delete(secret);
    this.#secrets.add(secret);
    const [oldest] = this.#secrets;
    if (this.#secrets.size > MAX_SECRETS && oldest !== undefined) this.#secrets.delete(oldest);
  }

  /** Returns the text without secrets: those that are known, and what looks like one. */
  redact(text: string): string {
    let clean = text;
    for (const secret of this.#secrets) {
      for (const form of [secret, encodeURIComponent(secret)]) {
        if (clean.includes(form)) clean = clean.replaceAll(form, BLOT);
      }
    }
    return clean.replace(NAMED, `$1${BLOT}`).replace(LONG, BLOT);
  }
}
