import { Journal } from "./journal.js";
import type { BlobRecord, ImageRecord } from "./records.js";

/** One change of a repository's images; all of it happens or none. */
export interface ImageChange {
  /** Images that are new or replace the one of the same digest. */
  readonly put?: readonly ImageRecord[];
  readonly deleted?: readonly string[];
  readonly blobs?: readonly BlobRecord[];
}

/**
 * The images and blobs of one repository, in memory and in a journal.
 *
 * Holders use it within one turn of the event loop: the store may unload a table between turns.
 */
export class ImageTable {
  /** Images by rising sequence number. */
  readonly #ordered: ImageRecord[];
  readonly #byDigest = new Map<string, ImageRecord>();
  readonly #digestByTag = new Map<string, string>();
  readonly #parents = new Map<string, Set<string>>();
  readonly #referrers = new Map<string, Set<string>>();
  readonly #blobs = new Map<string, BlobRecord>();
  readonly #journal: Journal<ImageChange>;

  constructor(journalPath: string, seeded: ImageChange) {
    this.#journal = new Journal(journalPath);
    this.#ordered = [];
    this.#replay(seeded);
    for (const change of this.#journal.read()) this.#replay(change);
  }

  /** The number of images. */
  get size(): number {
    return this.#ordered.length;
  }

  /** The sequence number for the next new image. */
  get nextSequence(): number {
    return (this.#ordered.at(-1)?.sequence ?? 0) + 1;
  }

  /** Returns the images whose sequence number is at least `sequence`, in order. */
  *from(sequence: number): Generator<ImageRecord> {
    for (let index = this.#indexOf(sequence); index < this.#ordered.length; index++) {
      const record = this.#ordered[index];
      if (record) yield record;
    }
  }

  byDigest(digest: string): ImageRecord | undefined {
    return this.#byDigest.get(digest);
  }

  byTag(tag: string): ImageRecord | undefined {
    const digest = this.#digestByTag.get(tag);
    return digest === undefined ? undefined : this.#byDigest.get(digest);
  }

  /** Returns every tag in lexical order. */
  tags(): string[] {
    return [...this.#digestByTag.keys()].sort();
  }

  /** Returns the indexes that hold a manifest. */
  parentsOf(digest: string): readonly string[] {
    return [...(this.#parents.get(digest) ?? [])];
  }

  /** Returns the images whose subject is `digest`, whether that subject exists or not. */
  referrersOf(digest: string): ImageRecord[] {
    return [...(this.#referrers.get(digest) ?? [])].flatMap((each) => this.byDigest(each) ?? []);
  }

  blob(digest: string): BlobRecord | undefined {
    return this.#blobs.get(digest);
  }

  /** Makes a change and keeps it in the journal. */
  apply(change: ImageChange): void {
    this.#journal.append(change);
    this.#replay(change);
  }

  #replay(change: ImageChange): void {
    for (const digest of change.deleted ?? []) this.#remove(digest);
    for (const record of change.put ?? []) this.#put(record);
    for (const blob of change.blobs ?? []) this.#blobs.set(blob.digest, blob);
  }

  #put(record: ImageRecord): void {
    const previous = this.#byDigest.get(record.digest);
    if (previous) {
      this.#unlink(previous);
      this.#ordered[this.#indexOf(record.sequence)] = record;
    } else {
      this.#ordered.push(record);
    }
    this.#byDigest.set(record.digest, record);
    for (const tag of record.tags) this.#digestByTag.set(tag, record.digest);
    for (const child of record.children ?? []) link(this.#parents, child, record.digest);
    if (record.subject !== undefined) link(this.#referrers, record.subject, record.digest);
  }

  #remove(digest: string): void {
    const record = this.#byDigest.get(digest);
    if (!record) return;
    this.#unlink(record);
    this.#byDigest.delete(digest);
    this.#ordered.splice(this.#indexOf(record.sequence), 1);
  }

  #unlink(record: ImageRecord): void {
    for (const tag of record.tags) {
      if (this.#digestByTag.get(tag) === record.digest) this.#digestByTag.delete(tag);
    }
    for (const child of record.children ?? []) this.#parents.get(child)?.delete(record.digest);
    if (record.subject !== undefined) this.#referrers.get(record.subject)?.delete(record.digest);
  }

  /** The index of the first image whose sequence number is at least `sequence`. */
  #indexOf(sequence: number): number {
    let low = 0;
    let high = this.#ordered.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ordered[middle]?.sequence ?? Infinity) < sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function link(links: Map<string, Set<string>>, from: string, to: string): void {
  const known = links.get(from);
  if (known) known.add(to);
  else links.set(from, new Set([to]));
}
