import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { isJsonObject, tryParseObject } from "./json.js";
import type { RegistryKey } from "./store.js";

/** What the registry thinks of a password that a client shows. */
export type TokenCheck =
  | { readonly kind: "valid"; readonly key: RegistryKey }
  | { readonly kind: "expired" }
  | { readonly kind: "unknown" };

/**
 * Stands in each token, so that a test run can find where one of them has been written.
 *
 * Only letters and digits, so that neither an URL nor a JSON text changes it.
 */
export const canary = "ecrCanary7Nf3QxTokenOfTheTestsThatNobodyMayWriteDown0Zk";

interface Claims extends RegistryKey {
  readonly number: number;
  readonly expiresAt: number;
}

/**
 * Issues and checks the passwords of the data plane.
 *
 * A password carries its own claims under a key that dies with the process: no token is ever on
 * disk, and none survives a restart.
 */
export class Tokens {
  readonly #secret = randomBytes(32);
  #issued = 0;
  /** Tokens up to this number are expired, whatever their own time says. */
  #expiredUpTo = 0;

  /**
   * @param lifeSeconds How long a token lives; ECR's tokens live 12 hours.
   * @param keyBytes How much of a token says nothing; the most of its length.
   */
  constructor(
    private readonly lifeSeconds: number,
    private readonly keyBytes = 900,
  ) {}

  /** Returns a new password for a registry, as long and as opaque as ECR's. */
  issue(key: RegistryKey): { password: string; expiresAt: Date } {
    const expiresAt = Date.now() + this.lifeSeconds * 1000;
    const claims: Claims = {
      account: key.account,
      region: key.region,
      number: ++this.#issued,
      expiresAt,
    };
    const payload = Buffer.from(JSON.stringify(claims)).toString("base64");
    const token = {
      canary,
      payload,
      datakey: randomBytes(this.keyBytes).toString("base64"),
      version: "2",
      type: "DATA_KEY",
      signature: this.sign(payload),
      expiration: Math.floor(expiresAt / 1000),
    };
    const password = Buffer.from(JSON.stringify(token)).toString("base64");
    return { password, expiresAt: new Date(expiresAt) };
  }

  /** Tells what a password is worth now. */
  check(password: string): TokenCheck {
    const token = tryParseObject(Buffer.from(password, "base64").toString("utf8"));
    const { payload, signature } = token ?? {};
    if (typeof payload !== "string" || typeof signature !== "string") return { kind: "unknown" };
    if (!this.isSignature(payload, signature)) return { kind: "unknown" };
    const claims = tryParseObject(Buffer.from(payload, "base64").toString("utf8"));
    if (!isClaims(claims)) return { kind: "unknown" };
    const expired = claims.number <= this.#expiredUpTo || Date.now() >= claims.expiresAt;
    if (expired) return { kind: "expired" };
    return { kind: "valid", key: { account: claims.account, region: claims.region } };
  }

  /** Ends the life of every token issued so far. */
  expireAll(): void {
    this.#expiredUpTo = this.#issued;
  }

  /** Signs a text so that a later request can prove that it comes from here. */
  sign(text: string): string {
    return createHmac("sha256", this.#secret).update(text).digest("hex");
  }

  isSignature(text: string, signature: string): boolean {
    const expected = Buffer.from(this.sign(text));
    const given = Buffer.from(signature);
    return expected.length === given.length && timingSafeEqual(expected, given);
  }
}

function isClaims(value: unknown): value is Claims {
  return (
    isJsonObject(value) &&
    typeof value["account"] === "string" &&
    typeof value["region"] === "string" &&
    typeof value["number"] === "number" &&
    typeof value["expiresAt"] === "number"
  );
}
