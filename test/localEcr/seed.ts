import { invalidParameter } from "./awsError.js";
import { seededRepositoryName } from "./registryTable.js";
import { brokenNameRule } from "./repositoryName.js";
import { seededConfig } from "./seededImages.js";
import type { RegistryKey, Store } from "./store.js";

/** How many repositories to make, and how many images in each. */
export interface SeedSize {
  readonly repositories: number;
  readonly images: number;
  readonly prefix: string;
}

/**
 * Makes repositories with generated images; kept as one line, and generated when looked at.
 *
 * @returns The first and the last name.
 * @throws AwsError when the prefix makes no valid name, or its first repository is there already.
 */
export function seedRepositories(
  store: Store,
  key: RegistryKey,
  { repositories, images, prefix }: SeedSize,
): { first: string; last: string } {
  const registry = store.registry(key);
  const first = seededRepositoryName(prefix, 1);
  const last = seededRepositoryName(prefix, repositories);
  const broken = brokenNameRule(last);
  if (broken !== undefined) throw invalidParameter("prefix", broken);
  if (registry.find(first)) throw invalidParameter("prefix", `The repository ${first} exists`);
  store.content.write(seededConfig);
  registry.seed({
    names: { prefix, count: repositories },
    record: {
      createdAt: Date.now(),
      tagMutability: "MUTABLE",
      exclusionFilters: [],
      scanOnPush: false,
      encryption: { encryptionType: "AES256" },
      tags: [],
      seededImages: images,
    },
  });
  return { first, last };
}
