import type { OpenRegistry } from "../core/ports.js";
import { RequestGate } from "../core/requestGate.js";
import { boundPrograms } from "./boundedPrograms.js";
import type { EcrOptions } from "./ecrOptions.js";
import { EcrPublicRegistry } from "./ecrPublicRegistry.js";
import { EcrRegistry } from "./ecrRegistry.js";

/** AWS tells no rate for its lists, and what many windows ask adds up. */
const REQUESTS_AT_ONCE = 5;

/**
 * Returns a function that opens ECR registries; importing this module loads the AWS SDK.
 *
 * An open registry keeps its credentials. After a sign-in, or a change of the AWS files, open the
 * location anew and let go of the old registry.
 */
export function makeOpenRegistry(options: EcrOptions = {}): OpenRegistry {
  boundPrograms(options.programTimeoutMs);
  const gated = { gate: new RequestGate(REQUESTS_AT_ONCE), ...options };
  return (location) =>
    location.service === "public"
      ? new EcrPublicRegistry(location, gated)
      : new EcrRegistry(location, gated);
}
