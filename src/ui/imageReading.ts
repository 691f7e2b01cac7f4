import { type Listing, nothingRead, readImages } from "../core/catalog.js";
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
  #hasBegun = false;
  #report: ReturnType<typeof setTimeout> | undefined;
  /** Settles when the first page is there, or reading has failed. */
  readonly begun: Promise<void>;

  /** `onMore` is called when there is more than at the beginning, now and then. */
  constructor(
    registry: Promise<Registry>,
    repository: string,
    private readonly onMore: () => void,
  ) {
    this.begun = new Promise((resolve) => {
      void this.#read(registry, repository, () => {
        this.#hasBegun = true;
        resolve();
      });
    });
  }

  /** The newest images, as many as the user asked to see. */
  get shown(): readonly Image[] {
    return this.#listing.items.slice(0, this.#rows);
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
  }

  /** Ends the reading; nothing is reported any more. */
  stop(): void {
    this.#stop.abort();
    clearTimeout(this.#report);
  }

  async #read(registry: Promise<Registry>, repository: string, begin: () => void): Promise<void> {
    const { signal } = this.#stop;
    try {
      for await (const listing of readImages(await registry, repository, signal)) {
        const isFirst = this.#listing === nothingRead;
        this.#listing = listing;
        // A list of one page is complete a moment later: its rows wait for that.
        if (isFirst) setTimeout(begin);
        else this.#reportSoon();
      }
    } catch (error) {
      this.#failure = { error };
      this.#reportSoon();
    } finally {
      begin();
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
