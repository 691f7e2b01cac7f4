import type { ContextNode } from "../../core/context/contextContents.js";

/** More rows than this are not kept of one folder, nor of those that are not sent. */
const MAX_CHILDREN = 100;
/** More rows than this are not kept in all. */
const MAX_NODES = 20_000;
/** What is smaller loses its row first, once there are too many. */
const FIRST_LEAST_BYTES = 1024;

interface Rest {
  entries: number;
  files: number;
  bytes: number;
}

/** A row under way. */
interface Row extends ContextNode {
  files: number;
  bytes: number;
  children: Row[];
  readonly rest: Rest;
}

/**
 * A context as rows, made while it is walked: folders are opened and closed again, innermost first.
 *
 * However many files there are, it keeps a bounded number of rows: the biggest. What loses its row
 * still counts in its folder.
 */
export class ContextTree {
  readonly #open: Row[] = [makeRow("", true, "sent")];
  /** Rows without the open folders. */
  #rows = 0;
  #leastBytes = FIRST_LEAST_BYTES;

  openFolder(path: string): void {
    this.#open.push(makeRow(path, true, "sent"));
  }

  /** Ends the innermost folder, and returns it; the context itself is the last. */
  closeFolder(): ContextNode {
    const folder = this.#open.pop() ?? makeRow("", true, "sent");
    this.#trim(folder, MAX_CHILDREN);
    folder.children.sort(compareRows);
    const parent = this.#open.at(-1);
    const isEmpty = folder.files + folder.children.length + folder.rest.entries === 0;
    if (parent && !isEmpty) {
      parent.files += folder.files;
      parent.bytes += folder.bytes;
      this.#keep(parent, folder);
    }
    return folder;
  }

  addFile(path: string, sizeBytes: number): void {
    const file = { ...makeRow(path, false, "sent"), files: 1, bytes: sizeBytes };
    const folder = this.#open.at(-1);
    if (!folder) return;
    folder.files++;
    folder.bytes += sizeBytes;
    this.#keep(folder, file);
  }

  /** Adds what is not sent, to the innermost folder. */
  addUnsent(path: string, isFolder: boolean, state: "ignored" | "unreadable"): void {
    const folder = this.#open.at(-1);
    if (!folder) return;
    this.#keep(folder, makeRow(path, isFolder, state));
  }

  #keep(folder: Row, child: Row): void {
    folder.children.push(child);
    this.#rows++;
    if (folder.children.length >= 3 * MAX_CHILDREN) this.#trim(folder, MAX_CHILDREN);
    if (this.#rows > MAX_NODES) this.#prune();
  }

  /** Leaves the biggest of what is sent, and as many of what is not. */
  #trim(folder: Row, most: number): void {
    if (folder.children.length <= most) return;
    const sorted = folder.children.sort(compareRows);
    const unsentAt = sorted.findIndex(({ state }) => state !== "sent");
    const sent = unsentAt < 0 ? sorted : sorted.slice(0, unsentAt);
    const unsent = unsentAt < 0 ? [] : sorted.slice(unsentAt);
    for (const child of [...sent.slice(most), ...unsent.slice(most)]) this.#drop(folder, child);
    folder.children = [...sent.slice(0, most), ...unsent.slice(0, most)];
  }

  /** Takes the small ones out of the whole tree, until half of the room is free. */
  #prune(): void {
    while (this.#rows > MAX_NODES / 2) {
      const waiting: Row[] = [...this.#open];
      for (let folder = waiting.pop(); folder; folder = waiting.pop()) {
        const kept = folder.children.filter((child) => child.bytes >= this.#leastBytes);
        for (const child of folder.children) {
          if (child.bytes < this.#leastBytes) this.#drop(folder, child);
        }
        folder.children = kept;
        waiting.push(...kept);
      }
      this.#leastBytes *= 2;
    }
  }

  #drop(folder: Row, child: Row): void {
    folder.rest.entries++;
    folder.rest.files += child.files;
    folder.rest.bytes += child.bytes;
    const waiting = [child];
    for (let row = waiting.pop(); row; row = waiting.pop()) {
      this.#rows--;
      waiting.push(...row.children);
    }
  }
}

function makeRow(path: string, isFolder: boolean, state: ContextNode["state"]): Row {
  const rest = { entries: 0, files: 0, bytes: 0 };
  return { path, isFolder, state, files: 0, bytes: 0, children: [], rest };
}

const STATES = { sent: 0, unreadable: 1, ignored: 2 } as const;

function compareRows(a: Row, b: Row): number {
  return STATES[a.state] - STATES[b.state] || b.bytes - a.bytes || (a.path < b.path ? -1 : 1);
}
