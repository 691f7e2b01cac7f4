import type { ImageEngine, LocalImage } from "../enginePorts.js";

/**
 * Knows which images the engine holds, and by which digests registries know them.
 *
 * Rows of a registry ask `find(digest)` while they are drawn, which asks nobody: what it knows is
 * the last answer of the engine. Whoever draws such rows calls `read` once, and draws anew when
 * `subscribe` tells of a change. Without an engine there are no marks, and `read` fails.
 */
export class HeldImages {
  readonly #listeners = new Set<() => void>();
  #byDigest: ReadonlyMap<string, LocalImage> = new Map();
  #reading: Promise<readonly LocalImage[]> | undefined;
  #isStale = true;

  constructor(private readonly engine: () => Promise<ImageEngine>) {}

  /** Returns the local image that a registry knows by this digest, as of the last reading. */
  find(digest: string): LocalImage | undefined {
    return this.#byDigest.get(digest);
  }

  /**
   * Returns the images, the newest first; asks the engine only when something has changed since.
   * Callers that ask at the same time share one request, which goes on whoever leaves.
   */
  async read(): Promise<readonly LocalImage[]> {
    if (!this.#reading || this.#isStale) {
      this.#isStale = false;
      const reading = this.#ask();
      this.#reading = reading;
      // What could not be read is asked for again next time.
      reading.catch(() => {
        if (this.#reading === reading) this.#reading = undefined;
      });
    }
    return await this.#reading;
  }

  /**
   * Says that the engine's images may have changed. It is asked anew at once where somebody has read
   * before, as what is drawn out of `find` may be over.
   */
  forget(): void {
    this.#isStale = true;
    if (!this.#reading) return;
    this.read().catch(() => {
      // Whoever reads next is told why; the marks stay until then.
    });
  }

  /** Calls `listener` when `find` answers anew; returns the function that ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #ask(): Promise<readonly LocalImage[]> {
    const engine = await this.engine();
    const images = await engine.listImages(AbortSignal.timeout(LIST_TIMEOUT_MS));
    const byDigest = indexByDigest(images);
    const isSame =
      byDigest.size === this.#byDigest.size &&
      [...byDigest].every(([digest, { id }]) => this.#byDigest.get(digest)?.id === id);
    this.#byDigest = byDigest;
    if (!isSame) for (const listener of this.#listeners) listener();
    return images;
  }
}

/** How long the engine may take to list its images. */
const LIST_TIMEOUT_MS = 30_000;

/**
 * Maps the digests that registries know images by to the images.
 *
 * A name with a digest, `host/name@sha256:…`, tells it after a pull or push, and as a digest is the
 * content itself, it counts for every repository. In the containerd store an image's id is its
 * digest; the ids of the classic store are digests of something else, and meet none of a registry.
 */
function indexByDigest(images: readonly LocalImage[]): ReadonlyMap<string, LocalImage> {
  const byDigest = new Map<string, LocalImage>();
  // The newest come first and stay.
  for (const image of images.toReversed()) {
    byDigest.set(image.id, image);
    for (const name of image.digests) byDigest.set(name.slice(name.indexOf("@") + 1), image);
  }
  return byDigest;
}
