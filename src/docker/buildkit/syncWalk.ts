import { readlink } from "node:fs/promises";
import path from "node:path";
import type { BigIntStats, Dirent } from "node:fs";
import { cancellation } from "../../core/errors.js";
import { sortInSlices } from "../../core/sortInSlices.js";
import { compareByteOrder } from "../byteOrder.js";
import { contextUnreadable } from "../walkContext.js";
import type { PacedDisk } from "./fileSyncDisk.js";
import { goFileMode } from "./fileSyncMode.js";
import type { SyncStat } from "./syncPackets.js";
import { judge, type SyncRules, type SyncVerdict } from "./syncVerdict.js";
import { isGone, isRefused } from "./syncWalkErrors.js";

/** One entry of a folder as BuildKit gets it. */
export interface SyncEntry extends SyncStat {
  /** True for a regular file, whose content can be read. */
  readonly readable: boolean;
}

/** What to walk. */
export interface SyncWalk extends SyncRules {
  /** Absolute path of the folder, links resolved. */
  readonly root: string;
  readonly platform: NodeJS.Platform;
}

/** A folder on the way from the root to where the walk is. */
interface OpenFolder {
  /** Empty for the root. */
  readonly path: string;
  readonly children: readonly Dirent[];
  next: number;
  readonly included: SyncVerdict["included"];
  readonly excluded: SyncVerdict["excluded"];
  /** False for a folder that goes out only if something in it does. */
  listed: boolean;
}

const BATCH_ENTRIES = 256;

/**
 * Yields what of a folder BuildKit may copy, in batches: depth first, names in byte order.
 *
 * Folders around something that is included come along. A folder is read only if something in it
 * may be sent; what vanishes meanwhile is left out. Extended attributes are not sent, and a file with
 * `security.capability` can't be told from others: Node has no call that reads or lists them.
 * Fails with `context-unreadable`.
 * Source: https://github.com/tonistiigi/fsutil/blob/master/filter.go
 */
export async function* walkForSync(
  walk: SyncWalk,
  disk: PacedDisk,
  signal: AbortSignal,
): AsyncGenerator<readonly SyncEntry[], void, void> {
  const firstLinks = new Map<string, string>();
  const stack: OpenFolder[] = [];
  let batch: SyncEntry[] = [];

  const list = async (name: string): Promise<boolean> => {
    const entry = await readEntry(walk, disk, name, firstLinks);
    if (entry) batch.push(entry);
    return entry !== undefined;
  };
  const enter = async (
    name: string,
    { listed, included, excluded }: Pick<SyncVerdict, "listed" | "included" | "excluded">,
  ): Promise<void> => {
    const children = await readFolder(disk, path.join(walk.root, name), listed);
    if (children) stack.push({ path: name, children, next: 0, listed, included, excluded });
  };

  await enter("", { included: undefined, excluded: undefined, listed: true });
  for (let folder = stack.at(-1); folder; folder = stack.at(-1)) {
    const child = folder.children[folder.next++];
    if (!child) {
      stack.pop();
      continue;
    }
    await disk.pace();
    if (signal.aborted) throw cancellation();
    const name = folder.path ? `${folder.path}/${child.name}` : child.name;
    const verdict = judge(walk, name, child.isDirectory(), folder);
    if (verdict.listed) {
      if (!folder.listed) {
        for (const parent of stack) parent.listed ||= await list(parent.path);
      }
      const there = await list(name);
      if (!there) continue;
    }
    if (verdict.enter) await enter(name, verdict);
    if (batch.length >= BATCH_ENTRIES) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** Returns undefined for a folder that has gone, or that is hidden and not part of the sync. */
async function readFolder(
  disk: PacedDisk,
  folder: string,
  listed: boolean,
): Promise<readonly Dirent[] | undefined> {
  try {
    const children = await disk.readFolder(folder);
    return await sortInSlices(children, byName, () => disk.pace());
  } catch (error) {
    if (isGone(error) || (!listed && isRefused(error))) return undefined;
    throw contextUnreadable(folder, error);
  }
}

function byName(left: Dirent, right: Dirent): number {
  return compareByteOrder(left.name, right.name);
}

async function readEntry(
  walk: SyncWalk,
  disk: PacedDisk,
  name: string,
  firstLinks: Map<string, string>,
): Promise<SyncEntry | undefined> {
  // Not joined by node:path, which takes as long as a third of the question to the disk.
  const absolutePath = `${walk.root}/${name}`;
  try {
    const stats = await disk.lstat(absolutePath);
    const symlink = stats.isSymbolicLink();
    const device = stats.isBlockDevice() || stats.isCharacterDevice();
    const target = symlink
      ? await readlink(absolutePath)
      : firstLink(walk, name, stats, firstLinks);
    return {
      path: name,
      mode: goFileMode(Number(stats.mode), walk.platform),
      sizeBytes: stats.isDirectory() ? 0 : Number(stats.size),
      modifiedNs: stats.mtimeNs,
      linkName: walk.platform === "win32" ? target.replaceAll("\\", "/") : target,
      deviceMajor: device ? Number((stats.rdev >> 8n) & 0xfffn) : 0,
      deviceMinor: device ? Number((stats.rdev & 0xffn) | ((stats.rdev >> 12n) & 0xfff00n)) : 0,
      readable: stats.isFile(),
    };
  } catch (error) {
    // Node writes U+FFFD for bytes that are no UTF-8, and the path then names nothing.
    if (isGone(error) && !name.includes("\uFFFD")) return undefined;
    const cause = isGone(error) ? new Error("its name is not UTF-8") : error;
    throw contextUnreadable(absolutePath, cause);
  }
}

/** Returns the path under which a file with several hard links went out already. */
function firstLink(
  walk: SyncWalk,
  name: string,
  stats: BigIntStats,
  firstLinks: Map<string, string>,
): string {
  if (walk.platform === "win32" || stats.isDirectory() || stats.nlink < 2n) return "";
  const inode = `${stats.dev}:${stats.ino}`;
  const first = firstLinks.get(inode);
  if (first === undefined) firstLinks.set(inode, name);
  return first ?? "";
}
