import { formatImageReference, type ImageReference } from "../imageReference.js";
import type { BuildEvent, LayerEvent } from "../enginePorts.js";
import { pushTag } from "./pushTag.js";
import type { PushPlace } from "./pushPlace.js";
import type { PushedTag } from "./verifyPush.js";

/** Lets the engine push tags, but for those that `findDigest` knows to be in ECR already. */
export async function* pushTags(
  ports: Parameters<typeof pushTag>[0],
  repository: PushPlace,
  references: readonly ImageReference[],
  findDigest: (reference: ImageReference) => string | undefined,
  signal: AbortSignal,
): AsyncGenerator<BuildEvent | LayerEvent, readonly PushedTag[], void> {
  const pushed: PushedTag[] = [];
  for (const reference of references) {
    const there = findDigest(reference);
    if (!there) yield { type: "pushing", reference: formatImageReference(reference) };
    const digest = there ?? (yield* pushTag(ports, repository, reference, signal));
    pushed.push({ reference, digest });
  }
  return pushed;
}
