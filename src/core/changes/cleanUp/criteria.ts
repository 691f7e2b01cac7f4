import { type Image, matchesWildcard } from "../../registry.js";

/** Which images are to go; all that is said has to fit. */
export interface CleanUpCriteria {
  /** Only images to which no tag leads. */
  readonly isUntaggedOnly: boolean;
  /** Only images pushed longer ago than this. */
  readonly olderThanDays: number | undefined;
  /** Only images that nobody pulled for so long; what was never pulled counts from its push. */
  readonly notPulledForDays: number | undefined;
  /** So many of the newest images stay, of those that `isUntaggedOnly` is about. */
  readonly keepNewest: number;
  /** Images with a tag that fits one of these patterns stay; `*` stands for any characters. */
  readonly keepTags: readonly string[];
}

const DAY_MS = 86_400_000;

/** Tells whether there is anything that a clean-up would go by; without it all images would go. */
export function hasCriterion(criteria: CleanUpCriteria): boolean {
  return (
    criteria.isUntaggedOnly ||
    criteria.olderThanDays !== undefined ||
    criteria.notPulledForDays !== undefined ||
    criteria.keepNewest > 0
  );
}

/** Tells whether an image bears a tag that is to stay. */
export function hasKeptTag({ tags }: Image, { keepTags }: CleanUpCriteria): boolean {
  return tags.some((tag) => keepTags.some((pattern) => matchesWildcard(pattern, tag)));
}

/**
 * Tells whether an image is old and unused enough; one without a time of push never is.
 *
 * `lastUsedAt` is the last pull of the image, or of anything in it.
 */
export function isOldEnough(
  { pushedAt }: Image,
  lastUsedAt: Date | undefined,
  { olderThanDays, notPulledForDays }: CleanUpCriteria,
  now: Date,
): boolean {
  if (olderThanDays === undefined && notPulledForDays === undefined) return true;
  if (!pushedAt) return false;
  const days = (at: Date): number => (now.getTime() - at.getTime()) / DAY_MS;
  const used = lastUsedAt && lastUsedAt > pushedAt ? lastUsedAt : pushedAt;
  return (
    (olderThanDays === undefined || days(pushedAt) > olderThanDays) &&
    (notPulledForDays === undefined || days(used) > notPulledForDays)
  );
}
