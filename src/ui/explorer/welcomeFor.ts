import { asEcrError, EcrError } from "../../core/errors.js";
import type { ContextKeys } from "../contextKeys.js";

/** The welcome view that helps with a failure; undefined when a row says it better. */
export function welcomeFor(error: unknown): ContextKeys["ecr.registryState"] | undefined {
  const known = asEcrError(error);
  if (!(known instanceof EcrError)) return undefined;
  if (known.failure.kind === "region-missing") return "no-region";
  return known.failure.kind === "credentials-missing" ? "no-credentials" : undefined;
}
