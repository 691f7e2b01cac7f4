import { EcrError } from "./errors.js";
import { formatImageReference, type ImageReference } from "./imageReference.js";
import type { Registry } from "./ports.js";
import type { Image } from "./registry.js";

/** A tag that was pushed, and the digest that the engine reported for it. */
export interface PushedTag {
  readonly reference: ImageReference;
  readonly digest: string;
}

/** What a look at ECR takes. */
interface VerifyPorts {
  readonly registry: Registry;
  /** Waits between two looks. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Waits before each further look at ECR, which may show a new image a moment late. */
const VERIFY_PAUSES_MS = [0, 500, 1500, 3000];

/**
 * Looks at ECR until every tag names the digest that the engine reported; fails with
 * `push-unverified` when one does not.
 */
export async function verifyPush(
  { registry, pause }: VerifyPorts,
  repository: string,
  pushed: readonly PushedTag[],
  signal: AbortSignal,
): Promise<Image> {
  let seen: Image | undefined;
  for (const { reference, digest } of pushed) {
    seen = undefined;
    for (const milliseconds of VERIFY_PAUSES_MS) {
      if (milliseconds > 0) await pause(milliseconds, signal);
      const image = await registry.findImage(repository, { tag: reference.tag ?? "" }, signal);
      if (image?.digest === digest) {
        seen = image;
        break;
      }
    }
    if (!seen) {
      const name = formatImageReference(reference);
      throw new EcrError({ kind: "push-unverified", reference: name, digest });
    }
  }
  if (!seen) throw new EcrError({ kind: "unexpected", message: "no tag was pushed" });
  return seen;
}
