import { createHash } from "node:crypto";

/** Returns the digest of some content, `sha256:…`. */
export function digestOf(content: string): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}
