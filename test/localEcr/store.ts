import { createHash } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ContentStore } from "./contentStore.js";
import { ImageTable } from "./imageTable.js";
import type { RepositoryRecord } from "./records.js";
import { RegistryTable } from "./registryTable.js";
import { seedImages } from "./seededImages.js";

/** How many images may be in memory before tables that were not used lately are unloaded. */
const maxImagesInMemory = 300_000;

/** The account and region that name a registry. */
export interface RegistryKey {
  readonly account: string;
  readonly region: string;
}

/** Everything that the local ECR keeps, under one folder on disk. */
export class Store {
  readonly content: ContentStore;
  readonly #registries = new Map<string, RegistryTable>();
  /** Loaded image tables, the most recently used last. */
  readonly #images = new Map<string, ImageTable>();

  constructor(private readonly dataDir: string) {
    mkdirSync(dataDir, { recursive: true });
    this.content = new ContentStore(dataDir);
  }

  /** Returns the repositories of an account in a region; an unknown one is empty. */
  registry(key: RegistryKey): RegistryTable {
    const id = `${key.account}/${key.region}`;
    const known = this.#registries.get(id);
    if (known) return known;
    const table = new RegistryTable(join(this.#registryDir(key), "repositories.jsonl"));
    this.#registries.set(id, table);
    return table;
  }

  /** Returns the images of a repository, for use within this turn of the event loop. */
  images(key: RegistryKey, repository: RepositoryRecord): ImageTable {
    const path = this.#imagesPath(key, repository.name);
    const table = this.#images.get(path) ?? this.#loadImages(path, repository);
    this.#images.delete(path);
    this.#images.set(path, table);
    this.#unloadOldTables();
    return table;
  }

  /** Forgets a repository and its images; the bytes stay, as other repositories may share them. */
  deleteRepository(key: RegistryKey, name: string): void {
    const path = this.#imagesPath(key, name);
    this.registry(key).delete(name);
    this.#images.delete(path);
    rmSync(path, { force: true });
  }

  /** Deletes everything. */
  clear(): void {
    this.#registries.clear();
    this.#images.clear();
    this.content.clear();
    rmSync(join(this.dataDir, "registries"), { recursive: true, force: true });
  }

  #loadImages(path: string, repository: RepositoryRecord): ImageTable {
    const { seededImages, createdAt } = repository;
    return new ImageTable(path, seededImages ? seedImages(seededImages, createdAt) : {});
  }

  #unloadOldTables(): void {
    let total = 0;
    for (const table of this.#images.values()) total += table.size;
    for (const [path, table] of this.#images) {
      if (total <= maxImagesInMemory || this.#images.size === 1) return;
      this.#images.delete(path);
      total -= table.size;
    }
  }

  #registryDir(key: RegistryKey): string {
    return join(this.dataDir, "registries", key.account, key.region);
  }

  /** Names can be longer than file names and hold slashes: the file is named for their hash. */
  #imagesPath(key: RegistryKey, name: string): string {
    const hash = createHash("sha256").update(name).digest("hex");
    return join(this.#registryDir(key), "images", `${hash}.jsonl`);
  }
}
