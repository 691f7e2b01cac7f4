import { parsePatterns, type IgnoreRules } from "../dockerignore.js";
import { followPaths } from "./followPaths.js";
import { invalid } from "./syncPackets.js";
import type { CallMetadata } from "./sessionService.js";

/** Which entries of a folder BuildKit asks for. */
export interface SyncFilter {
  /** Undefined for everything. */
  readonly includes: IgnoreRules | undefined;
  readonly excludes: IgnoreRules;
}

/**
 * Reads from a call's headers what it asks for; paths to follow are resolved in the folder.
 *
 * Fails with a `GrpcError` for a pattern that is not valid, and with `context-unreadable`.
 * Headers: https://github.com/moby/buildkit/blob/master/session/filesync/filesync.go
 */
export async function readFilter(
  metadata: CallMetadata,
  root: string,
  platform: NodeJS.Platform,
): Promise<SyncFilter> {
  const patterns = metadata.values("include-patterns");
  const followed = await followPaths(root, metadata.values("followpaths"), platform);
  const included = followed.includes(".") ? patterns : withoutChildren([...patterns, ...followed]);
  const everything = included.length === 0 || included.includes(".");
  try {
    return {
      includes: everything ? undefined : parsePatterns(included, platform),
      excludes: parsePatterns(metadata.values("exclude-patterns"), platform),
    };
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error));
  }
}

/** Drops paths that lie below the one before them, which includes them already. */
function withoutChildren(sorted: readonly string[]): string[] {
  const kept: string[] = [];
  for (const one of sorted) if (!one.startsWith(`${kept.at(-1) ?? ""}/`)) kept.push(one);
  return kept;
}
