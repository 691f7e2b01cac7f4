import type { Registry } from "../../core/ports.js";
import { ImageReading } from "./imageReading.js";

/** The readings of the repositories of one registry whose images somebody has looked at. */
export class ImageReadings {
  readonly #readings = new Map<string, ImageReading>();

  /** `onMore` is told the name of a repository of which there is more to show. */
  constructor(
    private readonly open: () => Promise<Registry>,
    private readonly onMore: (repository: string) => void,
  ) {}

  /** Returns the reading of a repository, and begins it unless that has happened. */
  of(repository: string): ImageReading {
    const known = this.#readings.get(repository);
    if (known) return known;
    const reading = new ImageReading(this.open(), repository, () => {
      this.onMore(repository);
    });
    this.#readings.set(repository, reading);
    return reading;
  }

  /** The readings that have begun, by the names of their repositories. */
  all(): Iterable<readonly [string, ImageReading]> {
    return this.#readings;
  }

  /** Stops the reading of a repository and forgets what it read. */
  forget(repository: string): void {
    this.#readings.get(repository)?.stop();
    this.#readings.delete(repository);
  }

  /** Stops all readings and forgets what they read. */
  forgetAll(): void {
    for (const reading of this.#readings.values()) reading.stop();
    this.#readings.clear();
  }
}
