import { readImages } from "../../core/catalog.js";
import { foldImages, type ImageFamily, isManifestTelling } from "../../core/foldImages.js";
import type { Manifest } from "../../core/manifest.js";
import type { Registry } from "../../core/ports.js";
import type { Image } from "../../core/registry.js";
import { PagedReading } from "./pagedReading.js";

/** Rows that one *Load more* adds. */
const PAGE_ROWS = 100;

/** The images of one repository while they are read in the background. */
export class ImageReading {
  readonly #pages: PagedReading<Image>;
  #rows = PAGE_ROWS;
  readonly #manifests = new Map<string, Manifest>();
  readonly #asked = new Set<string>();
  #folding: Promise<void> = Promise.resolve();
  #foldingFailure: { readonly error: unknown } | undefined;

  /** `onMore` is called when there is more than at the beginning, now and then. */
  constructor(
    private readonly registry: Promise<Registry>,
    private readonly repository: string,
    onMore: () => void,
  ) {
    const read = async function* (signal: AbortSignal) {
      yield* readImages(await registry, repository, signal);
    };
    this.#pages = new PagedReading(read, {
      onMore,
      onPage: () => {
        this.#fold();
      },
    });
  }

  /** Settles when the first page is there, or reading has failed. */
  get begun(): Promise<void> {
    return this.#pages.begun;
  }

  /** All images that are read by now. */
  get images(): readonly Image[] {
    return this.#pages.listing.items;
  }

  /** The newest images, as many as the user asked to see. */
  get shown(): readonly Image[] {
    return this.#pages.listing.items.slice(0, this.#rows);
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
    return this.#pages.listing.items.length;
  }

  get isComplete(): boolean {
    return this.#pages.listing.isComplete;
  }

  /** Why reading ended early. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#pages.failure;
  }

  /** Shows one page of rows more. */
  showMore(): void {
    this.#rows += PAGE_ROWS;
    this.#fold();
  }

  /** Ends the reading; nothing is reported any more. */
  stop(): void {
    this.#pages.stop();
  }

  /** Reads what the images that are shown say of each other: rows come first, and fold then. */
  #fold(): void {
    this.#ask(this.shown.filter(isManifestTelling).map(({ digest }) => digest));
  }

  #ask(wanted: readonly string[]): void {
    const digests = wanted.filter((digest) => !this.#asked.has(digest));
    if (digests.length === 0 || this.#pages.signal.aborted) return;
    for (const digest of digests) this.#asked.add(digest);
    this.#folding = this.#folding.then(() => this.#readManifests(digests));
  }

  async #readManifests(digests: readonly string[]): Promise<void> {
    try {
      const registry = await this.registry;
      const { signal } = this.#pages;
      const found = await registry.readManifests(this.repository, digests, signal);
      for (const [digest, manifest] of found) this.#manifests.set(digest, manifest);
      this.#pages.reportSoon();
    } catch (error) {
      // The rows are right without: whoever opens an index reads why it stays shut.
      this.#foldingFailure = { error };
    }
  }
}
