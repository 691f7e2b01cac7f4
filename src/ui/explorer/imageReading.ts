import { foldImages, type ImageFamily, isManifestTelling } from "../../core/images/foldImages.js";
import { filterImages } from "../../core/images/imageFilter.js";
import { ImageList, type PageSink } from "../../core/images/imageList.js";
import type { ImageOrder } from "../../core/images/imageOrder.js";
import type { Manifest } from "../../core/images/manifest.js";
import type { Registry } from "../../core/ports.js";
import type { Image } from "../../core/registry.js";

/** Rows that one *Load more* adds. */
const PAGE_ROWS = 100;

/**
 * Time between two reports. VS Code loses one that comes while it fetches the rows before: it keeps
 * the rows that it was fetching, and drops what it knew of them.
 */
const REPORT_INTERVAL_MS = 500;

/** Where a reading reads, and whom it tells. */
export interface ImageReadingPorts {
  readonly open: () => Promise<Registry>;
  readonly repository: string;
  /** There is more than at the beginning, or something else; told now and then. */
  readonly onMore: () => void;
  readonly order?: ImageOrder;
  /** Hears of all images, for those who search. */
  readonly pages?: PageSink;
}

/** The images of one repository as the tree shows them, while they are read in the background. */
export class ImageReading {
  readonly #list: ImageList;
  readonly #gone = new AbortController();
  #rows = PAGE_ROWS;
  #order: ImageOrder;
  #filter = "";
  #fitting: { readonly of: readonly Image[]; readonly images: readonly Image[] } | undefined;
  /** Images that somebody was led to; they are shown however far down they stand. */
  readonly #found = new Set<string>();
  readonly #manifests = new Map<string, Manifest>();
  readonly #asked = new Set<string>();
  #folding: Promise<void> = Promise.resolve();
  #foldingFailure: { readonly error: unknown } | undefined;
  #begin: (() => void) | undefined;
  #report: ReturnType<typeof setTimeout> | undefined;
  /** Settles when the first page is there, or reading has failed. */
  readonly begun: Promise<void>;

  constructor(private readonly ports: ImageReadingPorts) {
    const { open, repository, order = "newest", pages } = ports;
    this.#order = order;
    const onChange = (): void => {
      this.#changed();
    };
    const listPorts = { open, onChange, ...(pages ? { pages } : {}) };
    this.#list = new ImageList(repository, listPorts, order);
    this.begun = new Promise((resolve) => {
      this.#begin = () => {
        this.#begin = undefined;
        resolve();
      };
    });
    void this.readAnew();
  }

  /** All images that are read by now. */
  get images(): readonly Image[] {
    return this.#list.images;
  }

  /** The first images in order, as many as the user asked to see, and those that were found. */
  get shown(): readonly Image[] {
    const fitting = this.#fits();
    const first = fitting.slice(0, this.#rows);
    // Rows ask often, and going through all images each time would hold the window.
    if (this.#found.size === 0) return first;
    const further = fitting.slice(this.#rows).filter(({ digest }) => this.#found.has(digest));
    return [...first, ...further];
  }

  /** The same, with what belongs to another image below that image, as far as it is known. */
  get families(): readonly ImageFamily[] {
    return foldImages(this.shown, this.#manifests);
  }

  /** How many images fit the filter; all of them without one. */
  get total(): number {
    return this.#fits().length;
  }

  /** How many images are known. */
  get known(): number {
    return this.#list.images.length;
  }

  /** Whether ECR has told all images, be it before those that are read anew just now. */
  get isComplete(): boolean {
    return this.#list.isWhole;
  }

  /** How many images the reading under way has told; undefined while none is. */
  get readSoFar(): number | undefined {
    return this.#list.readSoFar;
  }

  /** When all images were read last. */
  get readAt(): Date | undefined {
    return this.#list.readAt;
  }

  /** Why reading ended early. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#list.failure;
  }

  /** The order of the images. */
  get order(): ImageOrder {
    return this.#order;
  }

  /** What images are filtered by; empty for nothing. */
  get filter(): string {
    return this.#filter;
  }

  /** Shows only images that fit a text, or all for an empty one. */
  setFilter(text: string): void {
    this.#filter = text.trim();
    this.#fitting = undefined;
    this.#rows = PAGE_ROWS;
    this.#found.clear();
    this.#fold();
  }

  /** Puts the images into another order; resolves when they are. */
  async sort(order: ImageOrder): Promise<void> {
    this.#order = order;
    this.#rows = PAGE_ROWS;
    await this.#list.sort(order);
    this.#fold();
  }

  /** Reads the images anew; what is shown stays until they are there. */
  async readAnew(): Promise<void> {
    for (const digest of this.#asked) {
      if (!this.#manifests.has(digest)) this.#asked.delete(digest);
    }
    await this.#list.read();
    this.#fold();
    this.#begin?.();
  }

  /** Ends the reading that is under way at the wish of the user; what it has read stays. */
  stopReading(): void {
    this.#list.stop();
  }

  /**
   * Makes sure that an image is among those that are shown, asking for it where it is not known yet.
   *
   * Returns false, and lets go of it, when ECR does not have it.
   */
  async find(digest: string): Promise<boolean> {
    await this.begun;
    let image = this.#list.images.find((known) => known.digest === digest);
    if (!image) {
      const registry = await this.ports.open();
      const target = { digest };
      image = await registry.findImage(this.ports.repository, target, this.#gone.signal);
      if (!image) return false;
      this.#list.put(image);
    }
    if (!filterImages(this.#filter)(image)) this.setFilter("");
    if (!this.shown.some((known) => known.digest === digest)) {
      this.#found.add(digest);
      this.#fold();
      this.ports.onMore();
    }
    return true;
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

  /** Shows one page of rows more. */
  showMore(): void {
    this.#rows += PAGE_ROWS;
    this.#fold();
  }

  /** Ends the reading for good; nothing is reported any more. */
  stop(): void {
    this.#gone.abort();
    clearTimeout(this.#report);
    this.#list.stop();
  }

  #fits(): readonly Image[] {
    const of = this.#list.images;
    if (this.#filter === "") return of;
    // A list is replaced, never changed.
    if (this.#fitting?.of !== of) {
      this.#fitting = { of, images: of.filter(filterImages(this.#filter)) };
    }
    return this.#fitting.images;
  }

  #changed(): void {
    if (!this.#begin) {
      this.#reportSoon();
      return;
    }
    // A list of one page is complete a moment later: its rows wait for that.
    setTimeout(() => this.#begin?.());
    this.#fold();
  }

  /** Reads what the images that are shown say of each other: rows come first, and fold then. */
  #fold(): void {
    this.#ask(this.shown.filter(isManifestTelling).map(({ digest }) => digest));
  }

  #ask(wanted: readonly string[]): void {
    const digests = wanted.filter((digest) => !this.#asked.has(digest));
    if (digests.length === 0 || this.#gone.signal.aborted) return;
    for (const digest of digests) this.#asked.add(digest);
    this.#folding = this.#folding.then(() => this.#readManifests(digests));
  }

  async #readManifests(digests: readonly string[]): Promise<void> {
    try {
      const registry = await this.ports.open();
      const { signal } = this.#gone;
      const found = await registry.readManifests(this.ports.repository, digests, signal);
      for (const [digest, manifest] of found) this.#manifests.set(digest, manifest);
      this.#reportSoon();
    } catch (error) {
      // The rows are right without: whoever opens an index reads why it stays shut.
      this.#foldingFailure = { error };
    }
  }

  #reportSoon(): void {
    if (this.#begin || this.#gone.signal.aborted) return;
    this.#report ??= setTimeout(() => {
      this.#report = undefined;
      this.ports.onMore();
    }, REPORT_INTERVAL_MS);
  }
}
