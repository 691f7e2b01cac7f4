import type { Scan } from "../images/imageDetails/findings.js";
import type { ImageContents } from "../images/imageContents.js";

/** Time before the first look; it doubles with each look. */
const FIRST_PAUSE_MS = 1_000;

/** The longest time between two looks. */
const LONGEST_PAUSE_MS = 15_000;

/**
 * Waits until a scan that has begun is over, and returns what it came to; undefined where ECR knows
 * of none. `pause` waits, and ends early when the signal aborts.
 */
export async function awaitScan(
  contents: Pick<ImageContents, "listFindings">,
  repository: string,
  digest: string,
  signal: AbortSignal,
  pause: (milliseconds: number, signal: AbortSignal) => Promise<void>,
): Promise<Scan | undefined> {
  for (let next = FIRST_PAUSE_MS; ; next = Math.min(next * 2, LONGEST_PAUSE_MS)) {
    await pause(next, signal);
    signal.throwIfAborted();
    const scan = await readScan(contents, repository, digest, signal);
    if (scan?.state !== "running") return scan;
  }
}

/** The first page tells the state and all numbers. */
async function readScan(
  contents: Pick<ImageContents, "listFindings">,
  repository: string,
  digest: string,
  signal: AbortSignal,
): Promise<Scan | undefined> {
  for await (const { scan } of contents.listFindings(repository, digest, signal)) return scan;
  return undefined;
}
