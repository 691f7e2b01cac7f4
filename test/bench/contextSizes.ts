import type { ContextSize } from "./makeBuildContext.js";

const LARGE_FILES = 8;
const LARGE_MEGABYTES = 64;

/** The usual context: 20,000 small files and 0.5 GB of large ones, and as much that is ignored. */
export function usualContext(scale: number): ContextSize {
  return {
    smallFiles: Math.ceil(20_000 * scale),
    largeFiles: LARGE_FILES,
    largeBytes: Math.ceil(LARGE_MEGABYTES * scale) * 1024 * 1024,
    hasIgnoredHalf: true,
  };
}

/** Half a million small files, all of which a build takes. */
export function hugeContext(scale: number): ContextSize {
  const smallFiles = Math.ceil(500_000 * scale);
  return { smallFiles, largeFiles: 0, largeBytes: 0, hasIgnoredHalf: false };
}
