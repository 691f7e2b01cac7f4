import { createHash } from "node:crypto";
import { hostname } from "node:os";

/**
 * Names a context folder for BuildKit, the same on each build and unlike any other folder's name.
 *
 * BuildKit asks only for what changed since the last build under the same name. The machine is
 * part of it, as several may share one BuildKit; a digest, so that no path leaves this machine.
 */
export function sharedKey(contextFolder: string): string {
  return createHash("sha256").update(`${hostname()}\0${contextFolder}`).digest("hex");
}
