import { compareImages, type ImageOrder, sortImages } from "./imageOrder.js";
import { mergeSorted } from "../mergeSorted.js";
import type { Registry } from "../ports.js";
import type { Image } from "../registry.js";
import { takeTurns } from "../takeTurns.js";

/** What hears of the pages of a repository's images, in the order in which ECR tells them. */
export interface PageSink {
  /** A reading begins. */
  readonly begin: () => void;
  /** A page has come. */
  readonly add: (images: readonly Image[]) => void;
  /** All pages have come. */
  readonly end: () => void;
  /** The reading ends before all pages have come. */
  readonly leave: () => void;
}

/** Where an image list reads, and whom it tells. */
export interface ImageListPorts {
  /** Opens the registry; called anew for each reading, as its credentials may be new ones. */
  readonly open: () => Promise<Registry>;
  /** Something is different from before: a page came, the reading ended, or the order changed. */
  readonly onChange: () => void;
  /** Hears of the images as ECR tells them. */
  readonly pages?: PageSink;
  /** This machine's clock. */
  readonly now?: () => Date;
}

/**
 * The images of one repository in some order, as they are read, and read anew.
 *
 * ECR pages images in no useful order, so that the first of any order are certain only when all are
 * read. What was read before stays until as much is there anew. It is kept in memory alone: the first
 * rows take one round trip, and what a disk kept would be shown before anybody knew that it still
 * holds.
 */
export class ImageList {
  #images: readonly Image[] = [];
  #fresh: readonly Image[] = [];
  #isWhole = false;
  #readAt: Date | undefined;
  #failure: { readonly error: unknown } | undefined;
  #stop: AbortController | undefined;
  /** Images that were put in, until a reading has told them. */
  readonly #known = new Map<string, Image>();
  #sorting: Promise<void> = Promise.resolve();
  #compare: (left: Image, right: Image) => number;

  constructor(
    private readonly repository: string,
    private readonly ports: ImageListPorts,
    private order: ImageOrder = "newest",
  ) {
    this.#compare = compareImages(order);
  }

  /** The images as far as they are known, in order. */
  get images(): readonly Image[] {
    return this.#images;
  }

  /** How many images the reading under way has told; undefined while none is. */
  get readSoFar(): number | undefined {
    return this.#stop && this.#fresh.length;
  }

  /** Whether the images are all that there were at `readAt`. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** When the last reading ended that came to its end. */
  get readAt(): Date | undefined {
    return this.#readAt;
  }

  /** Why the last reading did not come to its end; undefined also when it was stopped. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  /** Reads all images, anew if they are there or under way; resolves when that has ended. */
  async read(): Promise<void> {
    this.stop();
    const stop = new AbortController();
    this.#stop = stop;
    this.#failure = undefined;
    this.#fresh = [];
    this.ports.pages?.begin();
    try {
      await this.#readPages(stop.signal);
      this.#isWhole = true;
      this.#readAt = this.ports.now?.() ?? new Date();
      this.ports.pages?.end();
    } catch (error) {
      // Whoever stopped it has seen to the rest, or reads anew already.
      if (stop.signal.aborted) return;
      this.#failure = { error };
      this.ports.pages?.leave();
    }
    this.#stop = undefined;
    this.ports.onChange();
  }

  /** Ends the reading that is under way; what it has read stays. */
  stop(): void {
    if (!this.#stop) return;
    this.#stop.abort();
    this.#stop = undefined;
    this.ports.pages?.leave();
    this.ports.onChange();
  }

  /** Puts the images into another order; resolves when they are, also those that came meanwhile. */
  async sort(order: ImageOrder): Promise<void> {
    if (order === this.order) return;
    this.order = order;
    this.#sorting = this.#sorting.then(() => this.#sort(order));
    await this.#sorting;
  }

  /**
   * Adds an image that is known before the next reading tells it, such as one that was just pushed;
   * its tags are no other image's any more.
   */
  put(image: Image): void {
    this.#known.set(image.digest, image);
    const tags = new Set(image.tags);
    const others = this.#images
      .filter(({ digest }) => digest !== image.digest)
      .map((other) => withoutTags(other, tags));
    this.#images = mergeSorted(others, [image], this.#compare);
    this.ports.onChange();
  }

  async #readPages(signal: AbortSignal): Promise<void> {
    const registry = await this.ports.open();
    // Somebody may push while the pages are read, which moves images from one page to another.
    const seen = new Set<string>();
    for await (const page of registry.listImages(this.repository, signal)) {
      const more = page.filter(({ digest }) => !seen.has(digest));
      for (const { digest } of more) seen.add(digest);
      await this.#sorting;
      signal.throwIfAborted();
      this.#fresh = mergeSorted(this.#fresh, more, this.#compare);
      if (!this.#isWhole && this.#fresh.length + this.#known.size >= this.#images.length) {
        const known = [...this.#known.values()].filter(({ digest }) => !seen.has(digest));
        this.#images = mergeSorted(this.#fresh, known, this.#compare);
      }
      this.ports.pages?.add(more);
      this.ports.onChange();
    }
    signal.throwIfAborted();
    this.#known.clear();
    this.#images = this.#fresh;
  }

  async #sort(order: ImageOrder): Promise<void> {
    if (order !== this.order) return;
    const pace = takeTurns();
    const images = this.#images;
    const fresh = this.#fresh;
    const sorted = await sortImages(images, order, pace);
    const sortedFresh = fresh === images ? sorted : await sortImages(fresh, order, pace);
    // Pages wait for the order, but an image may have been put in, or all are read anew.
    if (this.#images !== images || this.#fresh !== fresh) {
      await this.#sort(order);
      return;
    }
    this.#images = sorted;
    this.#fresh = sortedFresh;
    this.#compare = compareImages(order);
    this.ports.onChange();
  }
}

function withoutTags(image: Image, gone: ReadonlySet<string>): Image {
  if (!image.tags.some((tag) => gone.has(tag))) return image;
  return { ...image, tags: image.tags.filter((tag) => !gone.has(tag)) };
}
