import { opendir } from "node:fs/promises";
import path from "node:path";
import type { BigIntStats, Dir } from "node:fs";
import type { ContextContents } from "../../core/context/contextContents.js";
import { cancellation } from "../../core/errors.js";
import type { PacedDisk } from "../buildkit/fileSyncDisk.js";
import { judge, type SyncRules, type SyncVerdict } from "../buildkit/syncVerdict.js";
import { isGone, isRefused } from "../buildkit/syncWalkErrors.js";
import { contextUnreadable } from "../walkContext.js";
import { ContextFindings } from "./contextFindings.js";
import { ContextTree } from "./contextTree.js";

/** What to measure. */
export interface ContextWalk extends SyncRules {
  /** Absolute path of the context folder, links resolved. */
  readonly root: string;
  /** True where a file with several names travels once; an archive holds it once for each. */
  readonly sharesLinks: boolean;
}

/** What a walk finds out. */
export type MeasuredContext = Pick<ContextContents, "ignored" | "tree" | "findings">;

/** A folder whose files were counted. */
interface OpenFolder {
  readonly verdict: Pick<SyncVerdict, "included" | "excluded">;
  /** The folders in it that are still to be read; of them only the paths are kept. */
  readonly waiting: string[];
}

/** How many entries the system hands over at once. */
const ENTRIES_AT_ONCE = 128;

/** Walks a context by the rules of the build that would send it, and adds up what it finds. */
export class MeasuringWalk {
  readonly #tree = new ContextTree();
  readonly #findings: ContextFindings;
  readonly #links = new Map<bigint, Set<bigint>>();
  #ignored = 0;

  /** `onFile` hears the size of each file that is sent. */
  constructor(
    private readonly walk: ContextWalk,
    private readonly disk: PacedDisk,
    private readonly onFile: (sizeBytes: number) => void,
    private readonly signal: AbortSignal,
  ) {
    this.#findings = new ContextFindings(walk.root, disk);
  }

  /**
   * Walks to the end.
   *
   * Nothing is sorted on the way and one folder is open at a time, so that it holds neither the
   * event loop nor much memory, whatever the context is like. What can't be read gets a row that
   * says so; only the context itself fails with `context-unreadable`.
   */
  async run(): Promise<MeasuredContext> {
    const { root } = this.walk;
    const top = await opendir(root).catch((error: unknown) => {
      throw contextUnreadable(root, error);
    });
    const stack = [await this.#read("", top, { included: undefined, excluded: undefined })];
    for (let folder = stack.at(-1); folder; folder = stack.at(-1)) {
      const name = folder.waiting.pop();
      if (name !== undefined) {
        const opened = await this.#enter(name, folder.verdict);
        if (opened) stack.push(opened);
        continue;
      }
      stack.pop();
      const closed = this.#tree.closeFolder();
      this.#findings.closeFolder(closed);
      if (stack.length > 0) continue;
      return { ignored: this.#ignored, tree: closed, findings: this.#findings.found };
    }
    throw cancellation();
  }

  async #enter(name: string, parent: OpenFolder["verdict"]): Promise<OpenFolder | undefined> {
    const verdict = judge(this.walk, name, true, parent);
    const folder = path.join(this.walk.root, name);
    let opened: Dir;
    try {
      await this.disk.pace();
      opened = await opendir(folder, { bufferSize: ENTRIES_AT_ONCE });
    } catch (error) {
      // A folder that is hidden and not part of the build does not fail it either.
      const isLeftOut = isGone(error) || (!verdict.listed && isRefused(error));
      if (!isLeftOut) this.#tree.addUnsent(name, true, "unreadable");
      return undefined;
    }
    this.#tree.openFolder(name);
    this.#findings.openFolder(name);
    return this.#read(name, opened, verdict);
  }

  async #read(name: string, opened: Dir, verdict: OpenFolder["verdict"]): Promise<OpenFolder> {
    const waiting: string[] = [];
    for await (const child of opened) {
      await this.disk.pace();
      if (this.signal.aborted) throw cancellation();
      const below = name ? `${name}/${child.name}` : child.name;
      const isFolder = child.isDirectory();
      const { ignored, enter, listed } = judge(this.walk, below, isFolder, verdict);
      if (ignored) {
        this.#ignored++;
        this.#tree.addUnsent(below, isFolder, "ignored");
      }
      if (enter) waiting.push(below);
      if (listed && !isFolder) await this.#count(below);
    }
    return { verdict, waiting };
  }

  async #count(name: string): Promise<void> {
    let stats: BigIntStats;
    try {
      stats = await this.disk.lstat(path.join(this.walk.root, name));
    } catch (error) {
      if (!isGone(error)) this.#tree.addUnsent(name, false, "unreadable");
      return;
    }
    if (!stats.isFile()) return;
    const sizeBytes = this.#isKnown(stats) ? 0 : Number(stats.size);
    this.#tree.addFile(name, sizeBytes);
    this.onFile(sizeBytes);
    await this.#findings.lookAtFile(name, Number(stats.size));
  }

  /** Tells whether a file was counted already, under another of its names. */
  #isKnown({ dev, ino, nlink }: BigIntStats): boolean {
    if (!this.walk.sharesLinks || nlink < 2n) return false;
    const known = this.#links.get(dev) ?? new Set<bigint>();
    this.#links.set(dev, known);
    const isKnown = known.has(ino);
    known.add(ino);
    return isKnown;
  }
}
