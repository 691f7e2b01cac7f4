import * as vscode from "vscode";
import { asFields, asText, asTexts } from "../../core/jsonFields.js";
import { asDigest } from "../../core/images/manifest.js";
import { type RegistryLocation, registryKey } from "../../core/registry.js";
import type { ImageNode } from "../explorer/registryNodes.js";
import { shortDigest } from "../quantities.js";

/** The image that a page or a document is of. */
export interface ImageSubject {
  readonly location: RegistryLocation;
  readonly repository: string;
  /** The reference of the repository, without tag: `host/name`. */
  readonly repositoryUri: string;
  readonly digest: string;
  /** Its tags when it was last looked at; they may move. */
  readonly tags: readonly string[];
}

/** Returns the image of a row. */
export function subjectOf({ location, repository, image }: ImageNode): ImageSubject {
  const { name, uri } = repository;
  const { digest, tags } = image;
  return { location, repository: name, repositoryUri: uri, digest, tags };
}

/** A key that is equal for equal images, whatever their tags. */
export function subjectKey({ location, repository, digest }: ImageSubject): string {
  return `${registryKey(location)} ${repository}@${digest}`;
}

/** Names an image in full: `team/api:1.4.0`, or by its digest where it has no tag. */
export function subjectName({ repository, tags, digest }: ImageSubject): string {
  const [tag] = tags;
  return tag === undefined ? `${repository}@${shortDigest(digest)}` : `${repository}:${tag}`;
}

/** Names an image for a tab, where room is short: without its namespaces. */
export function shortSubjectName(subject: ImageSubject): string {
  const name = subjectName(subject);
  return name.slice(name.lastIndexOf("/") + 1);
}

/** Reads a subject that was kept; undefined for what is none. */
export function tryParseSubject(kept: unknown): ImageSubject | undefined {
  const fields = asFields(kept);
  const place = asFields(fields?.["location"]);
  const region = asText(place?.["region"]);
  const repository = asText(fields?.["repository"]);
  const repositoryUri = asText(fields?.["repositoryUri"]);
  const digest = asDigest(fields?.["digest"]);
  if (region === undefined || repository === undefined) return undefined;
  if (repositoryUri === undefined || digest === undefined) return undefined;
  const location: RegistryLocation = {
    profile: asText(place?.["profile"]),
    region,
    endpoint: asText(place?.["endpoint"]),
    ...(place?.["service"] === "public" && { service: "public" }),
  };
  return { location, repository, repositoryUri, digest, tags: asTexts(fields?.["tags"]) };
}

/** Says that an image is not there any more; what was read before may still be shown. */
export function goneText({ digest, repository }: ImageSubject, showsMore: boolean): string {
  const { t } = vscode.l10n;
  const name = shortDigest(digest);
  return showsMore
    ? t("{0} is no longer in {1}; what is shown was read before.", name, repository)
    : t("{0} is not in {1}.", name, repository);
}
