import * as vscode from "vscode";
import type { Image } from "../../core/registry.js";
import { formatBytes, shortDigest } from "../quantities.js";

/** An image may have a thousand tags. */
const MAX_TAGS = 6;

/** Names an image by its tags, or by its digest where it has none. */
export function imageName({ digest, tags }: Pick<Image, "digest" | "tags">): string {
  if (tags.length === 0) return shortDigest(digest);
  const shown = tags.slice(0, MAX_TAGS).join(", ");
  const more = tags.length - MAX_TAGS;
  return more > 0 ? vscode.l10n.t("{0} and {1} more tags", shown, more) : shown;
}

/** Names an image in full, with its repository: `team/api:1.4.0`, `team/api@sha256:9f2c…e1`. */
export function fullImageName(
  repository: string,
  { digest, tags }: Pick<Image, "digest" | "tags">,
): string {
  const [tag] = tags;
  return tag === undefined ? `${repository}@${shortDigest(digest)}` : `${repository}:${tag}`;
}

/** An image on one line of a question: its tags or digest, and what it weighs. */
export function imageLine(image: Image): string {
  const size = image.sizeBytes === undefined ? undefined : formatBytes(image.sizeBytes);
  return [imageName(image), size].filter((part) => part !== undefined).join(" · ");
}
