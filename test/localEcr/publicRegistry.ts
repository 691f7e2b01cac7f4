import type { RegistryKey } from "./store.js";

/** Public registries belong to no region; this stands where that of other registries does. */
const publicRegion = "public";

/** Returns the key of an account's public registry. */
export function publicKey(account: string): RegistryKey {
  return { account, region: publicRegion };
}

/** Tells whether a registry is a public one. */
export function isPublic({ region }: RegistryKey): boolean {
  return region === publicRegion;
}

/**
 * Returns the alias that stands before the names of an account's public repositories.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/public/public-registry-concepts.html
 */
export function publicAlias(account: string): string {
  return `a${Number(account).toString(36)}`;
}
