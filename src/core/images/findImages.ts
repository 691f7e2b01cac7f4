import type { ImageIndex, RepositoryPlace } from "./imageIndex.js";
import { type ImageQuery, parseImageQuery } from "./imageQuery.js";

/** How well something fits: all of it, its beginning, or some part. */
export type MatchRank = 0 | 1 | 2;

/** A repository or an image that fits. */
export interface FoundImage {
  readonly place: RepositoryPlace;
  readonly rank: MatchRank;
  /** Undefined for a repository. */
  readonly image: { readonly digest: string; readonly tags: readonly string[] } | undefined;
}

/** What a search found, the best first. */
export interface FoundImages {
  readonly matches: readonly FoundImage[];
  /** Whether more fits than is told. */
  readonly isMore: boolean;
}

/** What a search looks in, and how. */
export interface FindOptions {
  readonly index: ImageIndex;
  /** Lets others have their turn. */
  readonly pace: () => Promise<void>;
  /** Commits that images were made of, by digest, as far as anybody knows. */
  readonly commits?: ReadonlyMap<string, string>;
  /** How many matches are told at most. */
  readonly most?: number;
}

/** More rows than this nobody reads: people type on. */
const MOST = 200;
/** How many images are compared before it may be others' turn. */
const AT_ONCE = 5_000;
/** Digits of a commit as git shortens it. */
const SHORT_COMMIT = 7;
/** What a tag of a commit may have in front of it. */
const COMMIT_TAG = /^(?:sha-|git-|commit-|g)?([0-9a-f]{7,40})$/;

/**
 * Finds repositories by a part of their name, and images by a part of a tag, the beginning of their
 * digest, or their commit, in what the index knows by now.
 *
 * Without a text it lists repositories. Rejects as the signal says when nobody waits any more.
 */
export async function findImages(
  typed: string,
  { index, pace, commits, most = MOST }: FindOptions,
  signal: AbortSignal,
): Promise<FoundImages> {
  const query = parseImageQuery(typed);
  const byRank: readonly FoundImage[][] = [[], [], []];
  let dropped = 0;
  let compared = 0;
  const add = (place: RepositoryPlace, rank: MatchRank, image: FoundImage["image"]): void => {
    const bucket = byRank[rank];
    if (bucket && bucket.length < most) bucket.push({ place, rank, image });
    else dropped += 1;
  };
  for (const place of index.repositories) {
    const { digests, tags, hasCapitals } = place.images;
    const ofName = rankName(place.name, query.repository ?? query.text ?? "");
    const isForNames =
      query.repository === undefined ? query.text !== undefined : query.text === "";
    if (isForNames && ofName !== undefined) add(place, ofName, undefined);
    const ofPlace = query.repository === undefined ? 0 : ofName;
    if (ofPlace === undefined || (query.text === "" && query.repository === undefined)) continue;
    for (let at = 0; at < digests.length; at += 1) {
      const digest = digests[at] ?? "";
      const names = tags[at] ?? "";
      const compares = hasCapitals ? names.toLowerCase() : names;
      const rank = rankImage(digest, compares, query, commits?.get(digest));
      if (rank !== undefined) {
        add(place, larger(rank, ofPlace), { digest, tags: names ? names.split("\t") : [] });
      }
      compared += 1;
      if (compared % AT_ONCE === 0) {
        await pace();
        signal.throwIfAborted();
      }
    }
  }
  const matches = byRank.flat();
  return { matches: matches.slice(0, most), isMore: dropped > 0 || matches.length > most };
}

function larger(one: MatchRank, other: MatchRank): MatchRank {
  return one > other ? one : other;
}

/** The last part of a name is what people call a repository. */
function rankName(name: string, wanted: string): MatchRank | undefined {
  if (!name.includes(wanted)) return undefined;
  if (name === wanted || name.endsWith(`/${wanted}`)) return 0;
  return name.startsWith(wanted) || name.includes(`/${wanted}`) ? 1 : 2;
}

function rankImage(
  digest: string,
  names: string,
  { text, hex }: ImageQuery,
  commit: string | undefined,
): MatchRank | undefined {
  const ofDigest = hex === undefined ? undefined : rankDigest(digest, hex);
  if (ofDigest !== undefined) return ofDigest;
  if (hex !== undefined && commit?.startsWith(hex) === true) return 0;
  if (text === undefined || names === "") return undefined;
  if (names.includes(text)) return rankTags(names.split("\t"), text);
  // A tag may be a commit in short where somebody looks for it in full.
  const isOfCommit = (tag: string): boolean => {
    const short = COMMIT_TAG.exec(tag)?.[1];
    return short !== undefined && text.startsWith(short);
  };
  const isLong = hex !== undefined && hex.length > SHORT_COMMIT;
  const mayBe = isLong && names.includes(hex.slice(0, SHORT_COMMIT));
  return mayBe && names.split("\t").some(isOfCommit) ? 0 : undefined;
}

function rankTags(tags: readonly string[], text: string): MatchRank | undefined {
  if (tags.includes(text)) return 0;
  if (tags.some((tag) => tag.startsWith(text))) return 1;
  return tags.some((tag) => tag.includes(text)) ? 2 : undefined;
}

function rankDigest(digest: string, start: string): MatchRank | undefined {
  const at = digest.startsWith("sha256:") ? "sha256:".length : digest.indexOf(":") + 1;
  if (!digest.startsWith(start, at)) return undefined;
  return digest.length - at === start.length ? 0 : 1;
}
