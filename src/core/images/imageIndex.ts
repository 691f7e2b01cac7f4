import type { PageSink } from "./imageList.js";
import { registryKey, type Image, type RegistryLocation, type Repository } from "../registry.js";

/** A repository of one of several registries. */
export interface RepositoryPlace {
  readonly location: RegistryLocation;
  readonly repository: Repository;
}

/** What is known of a repository's images; the two lists go side by side. */
export interface KnownImages {
  readonly digests: readonly string[];
  /** The tags of each image, parted by tabs, which no tag holds; empty for none. */
  readonly tags: readonly string[];
  /** Whether any tag has capital letters, which are compared as small ones. */
  readonly hasCapitals: boolean;
}

/** A repository in the index. */
export interface IndexedRepository extends RepositoryPlace {
  /** Its name as it is compared. */
  readonly name: string;
  readonly images: KnownImages;
}

interface Entry extends IndexedRepository {
  images: { digests: string[]; tags: string[]; hasCapitals: boolean };
  state: "unread" | "reading" | "read" | "failed";
  readAtMs: number;
}

/**
 * What can be found without asking AWS: the names of repositories, and the tags and digests of their
 * images.
 *
 * It holds nothing else of an image, and the very strings that lists of images hold, so that it costs
 * little beside them. Searching goes over all of it: that is quicker than keeping anything sorted.
 */
export class ImageIndex {
  readonly #entries = new Map<string, Entry>();

  /** Sets the repositories of a registry; those that are not there any more are forgotten. */
  setRepositories(location: RegistryLocation, repositories: readonly Repository[]): void {
    const prefix = registryKey(location);
    const names = new Set(repositories.map(({ name }) => name));
    for (const [key, { repository }] of this.#entries) {
      if (key.startsWith(prefix) && !names.has(repository.name)) this.#entries.delete(key);
    }
    this.addRepositories(location, repositories);
  }

  /** Adds repositories of a registry. */
  addRepositories(location: RegistryLocation, repositories: readonly Repository[]): void {
    for (const repository of repositories) this.#entry({ location, repository });
  }

  /** Forgets the registries that are not among these. */
  keepRegistries(locations: readonly RegistryLocation[]): void {
    const keys = new Set(locations.map(registryKey));
    for (const [key, { location }] of this.#entries) {
      if (!keys.has(registryKey(location))) this.#entries.delete(key);
    }
  }

  /** Returns what takes the images of a repository in; what was known stays until all are there. */
  sink(place: RepositoryPlace, now: () => number = Date.now): PageSink {
    let images: Entry["images"] = noImages();
    return {
      begin: () => {
        images = noImages();
        const entry = this.#entry(place);
        if (entry.readAtMs === 0) entry.images = images;
        entry.state = "reading";
      },
      add: (page) => {
        for (const { digest, tags } of page) {
          images.digests.push(digest);
          const names = joinTags(tags);
          images.tags.push(names);
          images.hasCapitals ||= names !== names.toLowerCase();
        }
      },
      leave: () => {
        const entry = this.#entry(place);
        // What was read before its time is not worth much, unless it is all there is.
        if (entry.state === "reading") entry.state = entry.readAtMs > 0 ? "read" : "unread";
      },
      end: () => {
        Object.assign(this.#entry(place), { images, state: "read", readAtMs: now() });
      },
    };
  }

  /** Notes that a repository can't be read, so that nobody tries it again at once. */
  fail(place: RepositoryPlace, now: () => number = Date.now): void {
    Object.assign(this.#entry(place), { state: "failed", readAtMs: now() });
  }

  /** All repositories with what is known of their images. */
  get repositories(): Iterable<IndexedRepository> {
    return this.#entries.values();
  }

  /** How many repositories there are, and how many of them are read or can't be. */
  get progress(): { readonly known: number; readonly read: number; readonly images: number } {
    let read = 0;
    let images = 0;
    for (const entry of this.#entries.values()) {
      if (entry.state === "read" || entry.state === "failed") read += 1;
      images += entry.images.digests.length;
    }
    return { known: this.#entries.size, read, images };
  }

  /**
   * Returns the repository to read next: one that was never read, those that are wanted first, and
   * then one whose reading ended before `staleMs`; undefined when there is none.
   */
  nextUnread(isWanted: (name: string) => boolean, staleMs: number): RepositoryPlace | undefined {
    let unread: Entry | undefined;
    let stale: Entry | undefined;
    for (const entry of this.#entries.values()) {
      if (entry.state === "unread") {
        if (isWanted(entry.name)) return entry;
        unread ??= entry;
      } else if (entry.state !== "reading" && entry.readAtMs < staleMs) stale ??= entry;
    }
    return unread ?? stale;
  }

  #entry({ location, repository }: RepositoryPlace): Entry {
    const key = `${registryKey(location)} ${repository.name}`;
    const known = this.#entries.get(key);
    if (known) return known;
    const entry: Entry = {
      location,
      repository,
      name: repository.name.toLowerCase(),
      images: noImages(),
      state: "unread",
      readAtMs: 0,
    };
    this.#entries.set(key, entry);
    return entry;
  }
}

function noImages(): Entry["images"] {
  return { digests: [], tags: [], hasCapitals: false };
}

function joinTags(tags: Image["tags"]): string {
  return tags.length === 1 ? (tags[0] ?? "") : tags.join("\t");
}
