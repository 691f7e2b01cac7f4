import { createHash } from "node:crypto";

/** Tells whether a text is a sha256 digest, the only algorithm that ECR takes. */
export function isDigest(text: string): boolean {
  return /^sha256:[a-f0-9]{64}$/.test(text);
}

/** Returns the digest of some bytes, as `sha256:` and 64 hexadecimal digits. */
export function digestOf(bytes: Uint8Array | string): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
