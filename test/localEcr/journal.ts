import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { dirname } from "node:path";

/**
 * A file of changes, one JSON line each, from which a table is read again after a restart.
 *
 * One change is one append, so a change is kept whole or not at all: a line that a crash cut short
 * is dropped when the journal is read.
 */
export class Journal<Entry> {
  constructor(private readonly path: string) {}

  /** Returns every change in the order it was made; none when the file does not exist. */
  read(): Entry[] {
    if (!existsSync(this.path)) return [];
    const bytes = readFileSync(this.path);
    const end = bytes.lastIndexOf("\n") + 1;
    if (end < bytes.length) truncateSync(this.path, end);
    return bytes
      .subarray(0, end)
      .toString("utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Entry);
  }

  /** Adds one change. */
  append(entry: Entry): void {
    mkdirSync(dirname(this.path), { recursive: true });
    appendFileSync(this.path, `${JSON.stringify(entry)}\n`);
  }

  /** Forgets every change. */
  delete(): void {
    rmSync(this.path, { force: true });
  }
}
