import { type Image, isIndex } from "../../registry.js";

/** What was pushed in one week, of the images that are there now. */
export interface PushWeek {
  /** Monday, midnight UTC. */
  readonly startAt: Date;
  readonly pushes: number;
  /** Bytes of all images that were pushed until the end of the week, and are there now. */
  readonly totalBytes: number;
}

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** The first Monday of Unix time. */
const MONDAY_MS = 4 * DAY_MS;

/**
 * Counts pushes by week, for the last weeks up to this one, oldest first.
 *
 * Images that were deleted are not known. An index is a push, but its bytes are those of what it
 * holds. What a clock puts in the future counts to the last week.
 */
export function countPushWeeks(
  images: readonly Image[],
  now: Date,
  count: number,
): readonly PushWeek[] {
  const last = weekOf(now);
  const first = last - (count - 1);
  const pushes = new Array<number>(count).fill(0);
  const bytes = new Array<number>(count).fill(0);
  let earlierBytes = 0;
  for (const image of images) {
    const size = isIndex(image) ? 0 : (image.sizeBytes ?? 0);
    const at = image.pushedAt === undefined ? -1 : weekOf(image.pushedAt) - first;
    if (at < 0) {
      earlierBytes += size;
      continue;
    }
    const slot = Math.min(at, count - 1);
    pushes[slot] = (pushes[slot] ?? 0) + 1;
    bytes[slot] = (bytes[slot] ?? 0) + size;
  }
  let totalBytes = earlierBytes;
  return pushes.map((pushed, slot) => {
    totalBytes += bytes[slot] ?? 0;
    const startAt = new Date((first + slot) * WEEK_MS + MONDAY_MS);
    return { startAt, pushes: pushed, totalBytes };
  });
}

function weekOf(at: Date): number {
  return Math.floor((at.getTime() - MONDAY_MS) / WEEK_MS);
}
