import { EcrError, type Failure } from "../core/errors.js";
import type { PullFromRegistry } from "../core/images/engineImages.js";
import { formatImageReference } from "../core/imageReference.js";
import type { RegistryToken } from "../core/login/registryToken.js";
import type { EngineConnection } from "./engineConnection.js";
import { toEngineFault } from "./engineFault.js";
import { toRegistryFailure } from "./errors/registryFailure.js";
import { isWordlessRefusal } from "./errors/wordlessRefusal.js";
import { findRegistryWords } from "./registryWords.js";

/** Returns the failure of a pull from the engine's words, or the registry's where it has none. */
export async function explainPull(
  connection: EngineConnection,
  request: PullFromRegistry,
  token: RegistryToken | undefined,
  message: string,
  signal: AbortSignal,
): Promise<EcrError> {
  const words =
    token && isWordlessRefusal(message)
      ? await findRegistryWords(connection, message, token, signal)
      : undefined;
  const failure = pullFailure(request, words ?? message, message);
  return new EcrError(failure, { cause: new Error(message) });
}

function pullFailure(
  { reference, platform }: PullFromRegistry,
  message: string,
  ownWords: string,
): Failure {
  const { host, repository } = reference;
  const name = formatImageReference(reference);
  const failure =
    toEngineFault(message, "pull") ??
    toRegistryFailure(message, { ...reference, operation: "pull" });
  if (!failure) return { kind: "pull-failed", reference: name, message };
  if (failure.kind === "image-not-found") return { ...failure, reference: name };
  if (failure.kind === "base-image-platform-missing") {
    return { kind: "platform-missing", reference: name, platform: platform ?? failure.platform };
  }
  if (failure.kind !== "access-denied" || failure.action !== undefined) return failure;
  // Every engine reads the manifest first, and names what it reads when that is a layer.
  const isLayer = /blob|httpReadSeeker/i.test(ownWords);
  const actions = [isLayer ? "ecr:GetDownloadUrlForLayer" : "ecr:BatchGetImage"];
  return { ...failure, asked: { host, repository, actions } };
}
