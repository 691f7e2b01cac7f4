import type { EngineDisk, ImageEngine } from "../enginePorts.js";
import { isCancellation } from "../errors.js";

/** Less than this is soon full: base images and build cache take gigabytes. */
const LOW_DISK_BYTES = 5_000_000_000;

/** Tells whether the disk of an engine is soon full. */
export function isLowDisk({ freeBytes }: EngineDisk): boolean {
  return freeBytes < LOW_DISK_BYTES;
}

/** Says how little room a build has; undefined for enough, and where nobody can tell. */
export async function findLowDisk(
  engine: ImageEngine,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const disk = await engine.readDisk(signal);
    if (!disk || !isLowDisk(disk)) return undefined;
    const megabytes = Math.floor(disk.freeBytes / 1e6);
    return `the engine's disk has ${megabytes} MB left (${disk.path}); a build may fill it`;
  } catch (error) {
    if (isCancellation(error)) throw error;
    // An engine that does not answer is told by the questions that a push can't do without.
    return undefined;
  }
}
