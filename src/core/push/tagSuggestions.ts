import { type Image, isTagImmutable, type TagMutability } from "../registry.js";

/** What a tag is made from; remembered, so that the next push makes it anew. */
export type TagSource = "commit" | "branch" | "package-version" | "next-version" | "last" | "typed";

/** What is known about the Dockerfile's project. */
export interface ProjectFacts {
  /** Full commit id of the checked-out commit. */
  readonly commit: string | undefined;
  readonly branch: string | undefined;
  /** Whether files differ from the commit. */
  readonly isDirty: boolean;
  /** The version that the project's package file names. */
  readonly packageVersion: string | undefined;
  /** The tag of the last push from this Dockerfile. */
  readonly lastTag: string | undefined;
}

/** A tag to offer, with the reason for it. */
export interface TagSuggestion {
  readonly tag: string;
  readonly source: TagSource;
  /** The image that carries the tag now. */
  readonly takenBy: Image | undefined;
  /** Whether the tag is taken and may not move. */
  readonly isLocked: boolean;
  /** The taken tag that this one is the next free one after. */
  readonly insteadOf?: string;
}

/** Digits of a commit id in a tag, as git shortens it. */
const COMMIT_DIGITS = 7;

/** Suggests tags, best first and each once, marking those that are taken. */
export function suggestTags(
  facts: ProjectFacts,
  images: readonly Image[],
  mutability: TagMutability,
): TagSuggestion[] {
  const tags = new Map<string, TagSource>();
  for (const source of ["commit", "package-version", "next-version", "branch", "last"] as const) {
    const tag = makeTag(source, facts, images);
    if (tag !== undefined && !tags.has(tag)) tags.set(tag, source);
  }
  return [...tags].map(([tag, source]) => describeTag(tag, source, images, mutability));
}

/** Says of one tag whether it is taken and whether it may move. */
export function describeTag(
  tag: string,
  source: TagSource,
  images: readonly Image[],
  mutability: TagMutability,
): TagSuggestion {
  const takenBy = images.find((image) => image.tags.includes(tag));
  const isLocked = takenBy !== undefined && isTagImmutable(mutability, tag);
  return { tag, source, takenBy, isLocked };
}

/** Makes the tag of a source from the present facts; undefined when they don't tell. */
export function makeTag(
  source: TagSource,
  facts: ProjectFacts,
  images: readonly Image[],
): string | undefined {
  switch (source) {
    case "commit":
      return facts.commit?.slice(0, COMMIT_DIGITS);
    case "branch":
      return facts.branch === undefined ? undefined : cleanTag(facts.branch);
    case "package-version":
      return facts.packageVersion === undefined ? undefined : cleanTag(facts.packageVersion);
    case "next-version":
      return nextVersion(images.flatMap((image) => image.tags));
    case "last":
    case "typed":
      return facts.lastTag;
  }
}

/** Turns a name such as `feature/login` into a valid tag; undefined when nothing is left. */
export function cleanTag(text: string): string | undefined {
  const tag = text
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/^[.-]+/, "")
    .slice(0, 128);
  return tag === "" ? undefined : tag;
}

/** Returns the version after the highest `x.y.z` (or `vx.y.z`) tag; undefined when none is there. */
export function nextVersion(tags: readonly string[]): string | undefined {
  const versions = tags.flatMap((tag) => {
    const match = /^(v?)(\d{1,9})\.(\d{1,9})\.(\d{1,9})$/.exec(tag);
    if (!match) return [];
    const [, prefix = "", major, minor, patch] = match;
    return [{ prefix, parts: [Number(major), Number(minor), Number(patch)] as const }];
  });
  const highest = versions.toSorted((a, b) => compareVersions(b.parts, a.parts)).at(0);
  if (!highest) return undefined;
  const [major, minor, patch] = highest.parts;
  return `${highest.prefix}${major}.${minor}.${patch + 1}`;
}

type Version = readonly [number, number, number];

function compareVersions(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
