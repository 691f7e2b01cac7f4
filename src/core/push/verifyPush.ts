import { EcrError } from "../errors.js";
import { formatImageReference, type ImageReference } from "../imageReference.js";
import type { Registry } from "../ports.js";
import type { Image } from "../registry.js";

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
 * Looks at ECR until the digest that the engine reported carries every tag; fails with
 * `push-unverified` when it does not.
 *
 * One question by digest tells all tags of an image.
 */
export async function verifyPush(
  ports: VerifyPorts,
  repository: string,
  pushed: readonly PushedTag[],
  signal: AbortSignal,
): Promise<Image> {
  let seen: Image | undefined;
  for (const digest of new Set(pushed.map((tag) => tag.digest))) {
    const references = pushed.filter((tag) => tag.digest === digest);
    seen = await waitForTags(ports, repository, digest, references, signal);
  }
  if (!seen) throw new EcrError({ kind: "unexpected", message: "no tag was pushed" });
  return seen;
}

async function waitForTags(
  { registry, pause }: VerifyPorts,
  repository: string,
  digest: string,
  pushed: readonly PushedTag[],
  signal: AbortSignal,
): Promise<Image> {
  let missing: PushedTag | undefined;
  for (const milliseconds of VERIFY_PAUSES_MS) {
    if (milliseconds > 0) await pause(milliseconds, signal);
    const image = await registry.findImage(repository, { digest }, signal);
    missing = pushed.find(({ reference: { tag = "" } }) => !image?.tags.includes(tag));
    if (image && !missing) return image;
  }
  const name = missing ? formatImageReference(missing.reference) : repository;
  throw new EcrError({ kind: "push-unverified", reference: name, digest });
}
