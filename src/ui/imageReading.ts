import { type Listing, nothingRead, readImages } from "../core/catalog.js";
import { foldImages, type ImageFamily, isManifestTelling } from "../core/foldImages.js";
import type { Manifest } from "../core/manifest.js";
import type { Registry } from "../core/ports.js";
import type { Image } from "../core/registry.js";

/** Rows that one *Load more* adds. */
const PAGE_ROWS = 100;

/**
 * Time between two reports. VS Code loses one that comes while it fetches the rows before: it keeps
 * the rows that it was fetching, and drops what it knew of them.
 */
const REPORT_INTERVAL_MS = 500;

/** The images of one repository while they are read in the background. */
export class ImageReading {
  readonly #stop = new AbortController();
  #listing: Listing<Image> = nothingRead;
  #failure: { readonly error: unknown } | undefined;
  #rows = PAGE_ROWS;
  readonly #manifests = new Map<string, Manifest>();
  readonly #asked = new Set<string>();
  #folding: Promise<void> = Promise.resolve();
  #foldingFailure: { readonly error: unknown } | undefined;
  #hasBegun = false;
  #report: ReturnType<typeof setTimeout> | undefined;
  /** Settles when the first page is there, or reading has failed. */
  readonly begun: Promise<void>;

  /** `onMore` is called when there is more than at the beginning, now and then. */
  constructor(
    private readonly registry: Promise<Registry>,
    private readonly repository: string,
    private readonly onMore: () => void,
  ) {
    this.begun = new Promise((resolve) => {
      void this.#read(() => {
        this.#hasBegun = true;
        resolve();
      });
    });
  }

  /** The newest images, as many as the user asked to see. */
  get shown(): readonly Image[] {
    return this.#listing.items.slice(0, this.#rows);
  }

  /** The same, with what belongs to another image below that image, as far as it is known. */
  get families(): readonly ImageFamily[] {
    return foldImages(this.shown, this.#manifests);
  }

  /**
   * Waits until it is known what an index holds, and returns its row anew; fails with why ECR does
   * not tell.
   */
  async readFamily(digest: string): Promise<ImageFamily | undefined> {
    this.#ask([digest]);
    await this.#folding;
    if (!this.#manifests.has(digest) && this.#foldingFailure) throw this.#foldingFailure.error;
    return this.families.find(({ image }) => image.digest === digest);
  }

  get total(): number {
    return this.#listing.items.length;
  }

  get isComplete(): boolean {
    return this.#listing.isComplete;
  }

  /** Why reading ended early. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  /** Shows one page of rows more. */
  showMore(): void {
    this.#rows += PAGE_ROWS;
    this.#fold();
  }

  /** Ends the reading; nothing is reported any more. */
  stop(): void {
    this.#stop.abort();
    clearTimeout(this.#report);
  }

  async #read(begin: () => void): Promise<void> {
    const { signal } = this.#stop;
    try {
      for await (const listing of readImages(await this.registry, this.repository, signal)) {
        const isFirst = this.#listing === nothingRead;
        this.#listing = listing;
        // A list of one page is complete a moment later: its rows wait for that.
        if (isFirst) {
          setTimeout(begin);
          this.#fold();
        } else this.#reportSoon();
      }
    } catch (error) {
      this.#failure = { error };
      this.#reportSoon();
    } finally {
      this.#fold();
      begin();
    }
  }

  /** Reads what the images that are shown say of each other: rows come first, and fold then. */
  #fold(): void {
    this.#ask(this.shown.filter(isManifestTelling).map(({ digest }) => digest));
  }

  #ask(wanted: readonly string[]): void {
    const digests = wanted.filter((digest) => !this.#asked.has(digest));
    if (digests.length === 0 || this.#stop.signal.aborted) return;
    for (const digest of digests) this.#asked.add(digest);
    this.#folding = this.#folding.then(() => this.#readManifests(digests));
  }

  async #readManifests(digests: readonly string[]): Promise<void> {
    const { signal } = this.#stop;
    try {
      const registry = await this.registry;
      const found = await registry.readManifests(this.repository, digests, signal);
      for (const [digest, manifest] of found) this.#manifests.set(digest, manifest);
      this.#reportSoon();
    } catch (error) {
      // The rows are right without: whoever opens an index reads why it stays shut.
      this.#foldingFailure = { error };
    }
  }

  #reportSoon(): void {
    if (!this.#hasBegun || this.#stop.signal.aborted) return;
    this.#report ??= setTimeout(() => {
      this.#report = undefined;
      this.onMore();
    }, REPORT_INTERVAL_MS);
  }
}
