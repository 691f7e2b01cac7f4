import { EcrError, isCancellation, type Failure } from "../errors.js";
import type { ImageReference } from "../imageReference.js";
import type { BuildEvent, ImageEngine, LayerEvent } from "../enginePorts.js";
import type { Registry } from "../ports.js";
import type { PushPlace } from "./pushPlace.js";
import { isTagImmutable } from "../registry.js";
import type { TokenKeeper } from "../login/tokenKeeper.js";

/** What the push of one tag works with. */
interface PushTagPorts {
  readonly engine: ImageEngine;
  readonly registry: Registry;
  readonly tokens: TokenKeeper;
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Waits before a push that broke off is tried again; what was sent stays in the registry. */
const RETRY_PAUSES_MS = [1000, 3000];

/**
 * Lets the engine push one tag, and returns the digest that it reports.
 *
 * A token that the registry may no longer take is renewed once. Engines that try a layer once only
 * (Podman, and Docker Engine with the containerd image store) are asked again when the registry
 * breaks off. Where an engine drops the registry's words, ECR is asked what they meant.
 */
export async function* pushTag(
  ports: PushTagPorts,
  repository: PushPlace,
  reference: ImageReference,
  signal: AbortSignal,
): AsyncGenerator<BuildEvent | LayerEvent, string, void> {
  const { engine, registry, tokens, pause } = ports;
  const pauses = [...RETRY_PAUSES_MS];
  let isRenewed = false;
  let token = await tokens.token(registry, signal);
  for (;;) {
    const seen = new Set<LayerEvent["state"]>();
    let digest = "";
    async function* push(): AsyncGenerator<LayerEvent, void, void> {
      ({ digest } = yield* engine.push(reference, token, signal));
    }
    try {
      for await (const event of push()) {
        seen.add(event.state);
        yield event;
      }
      return digest;
    } catch (error) {
      if (!(error instanceof EcrError)) throw error;
      const milliseconds = mayPass(error.failure, seen) ? pauses.shift() : undefined;
      if (!isRenewed && mayBeTheToken(error.failure)) {
        isRenewed = true;
        yield { type: "warning", text: "the registry refuses the login token; it is renewed" };
        token = await tokens.replace(registry, token, signal);
      } else if (milliseconds !== undefined) {
        yield { type: "warning", text: "the registry broke off; the push is tried again" };
        await pause(milliseconds, signal);
      } else {
        throw await explainRefusal(registry, repository, reference, error, signal);
      }
    }
  }
}

/** A refusal without a word may mean a token that has ended: ECR says so in words alone. */
function mayBeTheToken(failure: Failure): boolean {
  const { kind } = failure;
  if (kind === "access-denied") {
    return failure.action === undefined && failure.principal === undefined;
  }
  return kind === "token-expired" || kind === "registry-unauthorized";
}

/** Tells whether another try may end better, and the engine has not tried by itself. */
function mayPass(failure: Failure, seen: ReadonlySet<LayerEvent["state"]>): boolean {
  // Engines that retry do so for each layer, and never for one that went missing afterwards.
  if (failure.kind === "layer-lost") return true;
  if (seen.has("retrying")) return false;
  if (failure.kind === "registry-unavailable") return true;
  // A registry that was never reached is more likely not there than busy. Podman tells no layers,
  // but its words tell a connection that broke from one that never was.
  return failure.kind === "registry-unreachable" && (seen.size > 0 || BROKE.test(failure.message));
}

/** Go's words for a connection that ends while it is used: https://pkg.go.dev/syscall#Errno */
const BROKE = /\bEOF\b|connection reset|broken pipe/i;

/** Returns the failure with what ECR's own answers tell and the engine's words leave out. */
async function explainRefusal(
  registry: Registry,
  { name, registryId, tagMutability }: PushPlace,
  { tag = "" }: ImageReference,
  error: EcrError,
  signal: AbortSignal,
): Promise<EcrError> {
  const { failure } = error;
  if (failure.kind === "repository-not-found") {
    return new EcrError(
      { ...failure, registryId: failure.registryId ?? registryId },
      { cause: error },
    );
  }
  if (failure.kind !== "push-failed" || !isTagImmutable(tagMutability, tag)) return error;
  try {
    const isTaken = (await registry.findImage(name, { tag }, signal)) !== undefined;
    if (!isTaken) return error;
  } catch (lookup) {
    if (isCancellation(lookup)) throw lookup;
    // The push's own failure says more than one of asking about it.
    return error;
  }
  return new EcrError({ kind: "tag-immutable", repository: name, tag }, { cause: error });
}
