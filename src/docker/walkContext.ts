import { lstat, readdir, readlink } from "node:fs/promises";
import path from "node:path";
import type { Dirent, Stats } from "node:fs";
import { cancellation, EcrError } from "../core/errors.js";
import { compareByteOrder } from "./byteOrder.js";
import type { IgnoreRules, Reinclusion, RuleMatches } from "./dockerignore.js";

/** Something of a build context that the build may copy. */
export interface ContextEntry {
  /** The path inside the context, with slashes and without a leading one. */
  readonly path: string;
  /** The path on this machine. */
  readonly absolutePath: string;
  readonly type: "file" | "directory" | "symlink";
  /** Permission bits, with set-id and sticky. */
  readonly mode: number;
  readonly modifiedAt: Date;
  /** Bytes of a file; 0 for anything else. */
  readonly sizeBytes: number;
  /** Where a symlink points, as it is written; empty for anything else. */
  readonly linkTarget: string;
}

/** What to walk. */
export interface ContextWalk {
  /** Absolute path of the context folder. */
  readonly root: string;
  readonly rules: IgnoreRules;
  readonly reinclusion: Reinclusion;
  readonly platform: NodeJS.Platform;
}

/**
 * Yields what a context holds beyond its ignore rules: depth first, names in byte order.
 *
 * Sockets, pipes and devices are left out. An ignored folder is read only where a `!` rule may
 * include something in it again. Fails with `context-unreadable`, which names the path.
 */
export async function* walkContext(
  walk: ContextWalk,
  signal: AbortSignal,
): AsyncGenerator<ContextEntry, void, void> {
  yield* walkFolder(walk, "", undefined, signal);
}

async function* walkFolder(
  walk: ContextWalk,
  folder: string,
  parent: RuleMatches | undefined,
  signal: AbortSignal,
): AsyncGenerator<ContextEntry, void, void> {
  const absoluteFolder = path.join(walk.root, folder);
  for (const child of await readFolder(absoluteFolder)) {
    if (signal.aborted) throw cancellation();
    const name = folder ? `${folder}/${child.name}` : child.name;
    const { ignored, matches } = walk.rules.match(name, parent);
    if (!ignored) {
      const entry = await readEntry(walk, name, path.join(absoluteFolder, child.name));
      if (entry) yield entry;
    }
    if (child.isDirectory()) {
      if (ignored && !walk.rules.mayIncludeBelow(name, walk.reinclusion)) continue;
      yield* walkFolder(walk, name, matches, signal);
    }
  }
}

async function readFolder(folder: string): Promise<Dirent[]> {
  try {
    return await readSortedFolder(folder);
  } catch (error) {
    throw contextUnreadable(folder, error);
  }
}

/** Reads what a folder holds, names in byte order; fails as the file system does. */
async function readSortedFolder(folder: string): Promise<Dirent[]> {
  const children = await readdir(folder, { withFileTypes: true });
  return children.sort((a, b) => compareByteOrder(a.name, b.name));
}

/** Reads one entry; undefined for what an image can't hold. */
async function readEntry(
  walk: ContextWalk,
  name: string,
  absolutePath: string,
): Promise<ContextEntry | undefined> {
  try {
    const stats = await lstat(absolutePath);
    const type = entryType(stats);
    if (!type) return undefined;
    return {
      path: name,
      absolutePath,
      type,
      // Windows has no permission bits; Docker gives everything these.
      mode: walk.platform === "win32" ? 0o755 : stats.mode & 0o7777,
      modifiedAt: stats.mtime,
      sizeBytes: type === "file" ? stats.size : 0,
      linkTarget: type === "symlink" ? await readlink(absolutePath) : "",
    };
  } catch (error) {
    throw contextUnreadable(absolutePath, error);
  }
}

function entryType(stats: Stats): ContextEntry["type"] | undefined {
  if (stats.isFile()) return "file";
  if (stats.isDirectory()) return "directory";
  return stats.isSymbolicLink() ? "symlink" : undefined;
}

/** Returns the failure of a path of the context that can't be read. */
export function contextUnreadable(absolutePath: string, error: unknown): EcrError {
  return new EcrError(
    { kind: "context-unreadable", path: absolutePath, reason: readFailureReason(error) },
    { cause: error },
  );
}

/** Says in a sentence fragment why the file system refused. */
export function readFailureReason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
      return "it does not exist";
    case "EACCES":
    case "EPERM":
      return "permission is denied";
    case "ENOTDIR":
      return "it is not a folder";
    case "EISDIR":
      return "it is a folder";
    case "ENAMETOOLONG":
      return "its path is too long";
    case "EMFILE":
    case "ENFILE":
      return "too many files are open";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
