import type { CacheTarget } from "../../core/build/cacheTarget.js";
import type { BuildOptions } from "../../core/enginePorts.js";

/** A cache that BuildKit reads or writes, as its own clients describe it. */
export interface CacheEntry {
  /** `registry` or `inline`. */
  readonly type: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * Returns the caches that a build leaves behind.
 *
 * ECR takes a cache only as an image, not as an index of layers.
 * Source: https://aws.amazon.com/blogs/containers/announcing-remote-cache-support-in-amazon-ecr-for-buildkit-clients/
 */
export function cacheExports({ cacheTo = [] }: BuildOptions): readonly CacheEntry[] {
  return cacheTo.map(toEntry);
}

function toEntry(target: CacheTarget): CacheEntry {
  if (target.kind === "inline") return { type: "inline", attributes: {} };
  const asImage = { "image-manifest": "true", "oci-mediatypes": "true" };
  const { reference, mode = "min" } = target;
  return { type: "registry", attributes: { ref: reference, mode, ...asImage } };
}

/**
 * Returns the caches to read as the Dockerfile frontend takes them; undefined for none.
 *
 * Source: https://github.com/moby/buildkit/blob/master/frontend/dockerui/config.go
 */
export function cacheImports({ cacheFrom = [] }: BuildOptions): string | undefined {
  if (cacheFrom.length === 0) return undefined;
  return JSON.stringify(cacheFrom.map((ref) => ({ Type: "registry", Attrs: { ref } })));
}
