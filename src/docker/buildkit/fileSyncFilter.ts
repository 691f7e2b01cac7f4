import { EcrError } from "../../core/errors.js";
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
  try {
    return {
      includes: await includeRules(
        root,
        metadata.values("include-patterns"),
        metadata.values("followpaths"),
        platform,
      ),
      excludes: parsePatterns(metadata.values("exclude-patterns"), platform),
    };
  } catch (error) {
    if (error instanceof EcrError) throw error;
    throw invalid(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Makes rules of what is asked for by pattern, and by paths whose links are followed in the folder.
 *
 * Undefined for everything. Fails with `context-unreadable`, and with an `Error` for a pattern that
 * is not valid.
 */
export async function includeRules(
  root: string,
  patterns: readonly string[],
  paths: readonly string[],
  platform: NodeJS.Platform,
): Promise<IgnoreRules | undefined> {
  const followed = await followPaths(root, paths, platform);
  const included = followed.includes(".") ? patterns : withoutChildren([...patterns, ...followed]);
  const everything = included.length === 0 || included.includes(".");
  return everything ? undefined : parsePatterns(included, platform);
}

/** Drops paths that lie below the one before them, which includes them already. */
function withoutChildren(sorted: readonly string[]): string[] {
  const kept: string[] = [];
  for (const one of sorted) if (!one.startsWith(`${kept.at(-1) ?? ""}/`)) kept.push(one);
  return kept;
}
