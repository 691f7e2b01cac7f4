import * as vscode from "vscode";
import { tryParseEcrHost } from "../../core/ecrHost.js";
import type { LocalImage } from "../../core/enginePorts.js";
import { shortDigest } from "../quantities.js";

/**
 * Names a local image for a row: its first name and the further tags of that repository, `team/api:1.4.0,
 * latest`; else where its digest is from, else its short id.
 *
 * The host of an ECR registry is left out: it fills a row, and tells one image from no other.
 */
export function localRowName({ references, digests, id }: LocalImage): string {
  const [first] = references;
  const [pinned] = digests;
  if (first !== undefined) {
    const { repository, tag } = splitTag(first);
    const further = references.slice(1).map(splitTag);
    const tags = further.filter((other) => other.repository === repository).map(tagOf);
    return [`${withoutEcrHost(repository)}:${tag}`, ...tags].join(", ");
  }
  if (pinned === undefined) return vscode.l10n.t("untagged {0}", withoutAlgorithm(id));
  const [repository = "", digest = ""] = pinned.split("@");
  return `${withoutEcrHost(repository)}@${withoutAlgorithm(digest)}`;
}

/** Counts the names that `localRowName` leaves out, of other repositories. */
export function countOtherNames({ references }: LocalImage): number {
  const [first, ...further] = references.map(splitTag);
  return further.filter(({ repository }) => repository !== first?.repository).length;
}

/** Leaves the host of an ECR registry out of a name that begins with it. */
export function withoutEcrHost(name: string): string {
  const slash = name.indexOf("/");
  return slash > 0 && tryParseEcrHost(name.slice(0, slash)) ? name.slice(slash + 1) : name;
}

/** All digests begin alike, and a row is narrow. */
function withoutAlgorithm(digest: string): string {
  return shortDigest(digest).replace(/^sha256:/, "");
}

function splitTag(name: string): { readonly repository: string; readonly tag: string } {
  const colon = name.lastIndexOf(":");
  return { repository: name.slice(0, colon), tag: name.slice(colon + 1) };
}

function tagOf({ tag }: { readonly tag: string }): string {
  return tag;
}
