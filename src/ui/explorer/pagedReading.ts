import { type Listing, nothingRead } from "../../core/catalog.js";

/**
 * Time between two reports. VS Code loses one that comes while it fetches the rows before: it keeps
 * the rows that it was fetching, and drops what it knew of them.
 */
const REPORT_INTERVAL_MS = 500;

/** Whom a reading tells what. */
export interface ReadingListener {
  /** There is more than at the beginning, or reading has failed; told now and then. */
  readonly onMore: () => void;
  /** The first page is there, or the last one. */
  readonly onPage?: () => void;
}

/** A long list while it is read in the background. */
export class PagedReading<T> {
  readonly #stop = new AbortController();
  #listing: Listing<T> = nothingRead;
  #failure: { readonly error: unknown } | undefined;
  #hasBegun = false;
  #report: ReturnType<typeof setTimeout> | undefined;
  /** Settles when the first page is there, or reading has failed. */
  readonly begun: Promise<void>;

  constructor(
    read: (signal: AbortSignal) => AsyncIterable<Listing<T>>,
    private readonly listener: ReadingListener,
  ) {
    this.begun = new Promise((resolve) => {
      void this.#read(read, () => {
        this.#hasBegun = true;
        resolve();
      });
    });
  }

  /** What is there so far. */
  get listing(): Listing<T> {
    return this.#listing;
  }

  /** Why reading ended early. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  /** Aborts when nobody wants the list any more. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Ends the reading; nothing is reported any more. */
  stop(): void {
    this.#stop.abort();
    clearTimeout(this.#report);
  }

  /** Tells the listener in a moment that there is more, unless it is about to be told anyway. */
  reportSoon(): void {
    if (!this.#hasBegun || this.#stop.signal.aborted) return;
    this.#report ??= setTimeout(() => {
      this.#report = undefined;
      this.listener.onMore();
    }, REPORT_INTERVAL_MS);
  }

  async #read(
    read: (signal: AbortSignal) => AsyncIterable<Listing<T>>,
    begin: () => void,
  ): Promise<void> {
    try {
      for await (const listing of read(this.#stop.signal)) {
        const isFirst = this.#listing === nothingRead;
        this.#listing = listing;
        // A list of one page is complete a moment later: its rows wait for that.
        if (isFirst) {
          setTimeout(begin);
          this.listener.onPage?.();
        } else this.reportSoon();
      }
    } catch (error) {
      this.#failure = { error };
      this.reportSoon();
    } finally {
      this.listener.onPage?.();
      begin();
    }
  }
}
