import type { PageSink } from "../../core/images/imageList.js";
import type { ImageOrder } from "../../core/images/imageOrder.js";
import type { Registry } from "../../core/ports.js";
import { ImageReading } from "./imageReading.js";

/** What the readings of one registry share. */
export interface ImageReadingsPorts {
  readonly open: () => Promise<Registry>;
  /** Is told the name of a repository of which there is more to show. */
  readonly onMore: (repository: string) => void;
  /** The order in which somebody wants to see a repository. */
  readonly orderOf: (repository: string) => ImageOrder;
  /** What hears of the images of a repository. */
  readonly pagesOf: (repository: string) => PageSink | undefined;
}

/**
 * What was read longer ago is read anew when somebody comes back to the window, unless that would
 * ask AWS for more than some pages: then the row tells the age, and whoever wants it newer says so.
 */
const OLD_MS = 5 * 60_000;
const MOST_UNASKED = 10_000;

/** The readings of the repositories of one registry whose images somebody has looked at. */
export class ImageReadings {
  readonly #readings = new Map<string, ImageReading>();

  constructor(private readonly ports: ImageReadingsPorts) {}

  /** Returns the reading of a repository, and begins it unless that has happened. */
  of(repository: string): ImageReading {
    const known = this.#readings.get(repository);
    if (known) return known;
    const { open, onMore, orderOf, pagesOf } = this.ports;
    const pages = pagesOf(repository);
    const reading = new ImageReading({
      open,
      repository,
      order: orderOf(repository),
      ...(pages ? { pages } : {}),
      onMore: () => {
        onMore(repository);
      },
    });
    this.#readings.set(repository, reading);
    return reading;
  }

  /** The readings that have begun, by the names of their repositories. */
  all(): Iterable<readonly [string, ImageReading]> {
    return this.#readings;
  }

  /** Returns the reading of a repository; undefined where nobody has looked at it. */
  ifBegun(repository: string): ImageReading | undefined {
    return this.#readings.get(repository);
  }

  /** Reads a repository anew, if somebody has looked at it; what is shown stays meanwhile. */
  refresh(repository: string): void {
    void this.#readings.get(repository)?.readAnew();
  }

  /** Reads all repositories anew that somebody has looked at. */
  refreshAll(): void {
    for (const reading of this.#readings.values()) void reading.readAnew();
  }

  /** Reads those anew whose last reading is long ago, or failed. */
  refreshOld(now: Date): void {
    for (const reading of this.#readings.values()) {
      const ageMs = now.getTime() - (reading.readAt?.getTime() ?? now.getTime());
      const isOld = ageMs > OLD_MS && reading.known <= MOST_UNASKED;
      if (reading.readSoFar === undefined && (isOld || reading.failure)) void reading.readAnew();
    }
  }

  /** Stops all readings and forgets what they read. */
  forgetAll(): void {
    for (const reading of this.#readings.values()) reading.stop();
    this.#readings.clear();
  }
}
