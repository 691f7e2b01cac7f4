import { EcrError } from "../core/errors.js";
import { formatImageReference, type ImageReference } from "../core/imageReference.js";
import type { RegistryToken } from "../core/login/registryToken.js";
import type { EngineConnection } from "./engineConnection.js";
import { toRegistryFailure } from "./errors/registryFailure.js";
import { isWordlessRefusal } from "./errors/wordlessRefusal.js";
import { toEngineFault } from "./engineFault.js";
import { findRegistryWords } from "./registryWords.js";

/** Returns the failure of a push from the engine's words, or the registry's where it has none. */
export async function explainPush(
  connection: EngineConnection,
  reference: ImageReference,
  token: RegistryToken | undefined,
  message: string,
  signal: AbortSignal,
): Promise<EcrError> {
  const words =
    token && isWordlessRefusal(message)
      ? await findRegistryWords(connection, message, token, signal)
      : undefined;
  return pushFailure(reference, words ?? message, new Error(message));
}

function pushFailure(reference: ImageReference, message: string, cause: Error): EcrError {
  const failure =
    toEngineFault(message, "push") ??
    toRegistryFailure(message, { ...reference, operation: "push" });
  const unknown = {
    kind: "push-failed",
    reference: formatImageReference(reference),
    message,
  } as const;
  return new EcrError(failure ?? unknown, { cause });
}
