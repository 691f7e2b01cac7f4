import { EcrError } from "../core/errors.js";
import { formatImageReference, type ImageReference } from "../core/imageReference.js";
import type { BuildEvent, BuildRequest, DirectPush } from "../core/enginePorts.js";
import type { PushTarget } from "../core/push/pushTarget.js";
import { buildDockerfile, type BuildMachine, tryBuildKit } from "./buildDockerfile.js";
import { PushRefused } from "./buildkit/pushRefused.js";
import type { EngineConnection } from "./engineConnection.js";
import { findLocalImage } from "./localImages.js";
import { explainPush } from "./pushFailure.js";

/**
 * Builds and pushes with one solve of BuildKit, which compresses each layer once and uploads it.
 *
 * Where the registry may only dislike the token, or nobody says what it dislikes, the image is in
 * the engine under the target's names, and the result says that it was not pushed.
 */
export async function* buildAndPush(
  connection: EngineConnection,
  request: BuildRequest,
  target: PushTarget,
  machine: BuildMachine,
  signal: AbortSignal,
): AsyncGenerator<BuildEvent, DirectPush, void> {
  try {
    const built = yield* solveAndPush(connection, request, target, machine, signal);
    if (typeof built !== "string") return { ...built, push: { digest: built.imageId } };
    const image = yield* buildDockerfile(connection, request, machine, signal);
    return { ...image, push: { reason: built } };
  } catch (error) {
    if (!(error instanceof PushRefused)) throw error;
    const reference = firstOf(target);
    const found = await request.findToken?.(reference.host, signal);
    const failure = await explainPush(connection, reference, found?.token, error.message, signal);
    if (!isOpen(failure)) throw failure;
    const name = formatImageReference(reference);
    const image = await findLocalImage(connection, name, signal);
    if (!image) throw failure;
    return { imageId: image.id, push: { reason: error.message } };
  }
}

/** BuildKit takes care of the cache last, when the image is in its registry. */
async function* solveAndPush(
  connection: EngineConnection,
  request: BuildRequest,
  target: PushTarget,
  machine: BuildMachine,
  signal: AbortSignal,
): ReturnType<typeof tryBuildKit> {
  try {
    return yield* tryBuildKit(connection, request, machine, signal, target);
  } catch (error) {
    if (!(error instanceof EcrError) || !("isImagePushed" in error.failure)) throw error;
    throw new EcrError({ ...error.failure, isImagePushed: true }, { cause: error.cause });
  }
}

function firstOf({ references: [first] }: PushTarget): ImageReference {
  if (first) return first;
  const reason = "a push needs a tag";
  throw new EcrError({ kind: "invalid-input", field: "tag", value: "", reason });
}

/** Tells whether the engine's own push may end otherwise, with a new token or more to say. */
function isOpen({ failure }: EcrError): boolean {
  if (failure.kind === "access-denied") return failure.action === undefined;
  return ["token-expired", "registry-unauthorized", "push-failed"].includes(failure.kind);
}
