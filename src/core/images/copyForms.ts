import { formatImageReference, makeReferenceFromUri } from "../imageReference.js";
import type { Image, Repository } from "../registry.js";

/** How an image can be named where it is used. */
export type CopyForm =
  | "uri"
  | "digest-uri"
  | "digest"
  | "arn"
  | "docker-pull"
  | "from"
  | "kubernetes"
  | "ecs"
  | "terraform";

/**
 * Writes an image in each form, as it is pasted.
 *
 * What runs it is given the digest, which always means this very image; `FROM` has tag and digest,
 * as people read the one and builds the other. The ARN is the repository's: images have none.
 */
export function copyForms(
  { uri, arn }: Pick<Repository, "uri" | "arn">,
  { digest, tags }: Pick<Image, "digest" | "tags">,
): ReadonlyMap<CopyForm, string> {
  const [tag] = tags;
  const write = (target: { tag?: string | undefined; digest?: string }): string =>
    formatImageReference(makeReferenceFromUri(uri, target));
  const named = write(tag === undefined ? { digest } : { tag });
  const pinned = write({ digest });
  return new Map<CopyForm, string>([
    ["uri", named],
    ["digest-uri", pinned],
    ["docker-pull", `docker pull ${named}`],
    ["from", `FROM ${write({ tag, digest })}`],
    ["kubernetes", `image: ${pinned}`],
    ["ecs", `"image": "${pinned}"`],
    ["terraform", `image = "${pinned}"`],
    ["digest", digest],
    ["arn", arn],
  ]);
}
