import type { OpenRegistry } from "../core/ports.js";
import { boundPrograms } from "./boundedPrograms.js";
import type { EcrOptions } from "./ecrOptions.js";
import { EcrRegistry } from "./ecrRegistry.js";

/**
 * Returns a function that opens ECR registries; importing this module loads the AWS SDK.
 *
 * An open registry keeps its credentials. After a sign-in, or a change of the AWS files, open the
 * location anew and let go of the old registry.
 */
export function makeOpenRegistry(options: EcrOptions = {}): OpenRegistry {
  boundPrograms(options.programTimeoutMs);
  return (location) => new EcrRegistry(location, options);
}
