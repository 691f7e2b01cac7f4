import { EcrError } from "../errors.js";
import { parseLocalName } from "../imageReference.js";

/**
 * Where a build leaves the results of its steps, besides the engine's own cache.
 *
 * Source: https://docs.docker.com/build/cache/backends/
 */
export type CacheTarget =
  /** Inside the image itself, as far as its own layers go. */
  | { readonly kind: "inline" }
  /**
   * Under a reference of its own in a registry, such as ECR; needs an engine with the containerd
   * image store, others fail with `builder-lacks`.
   */
  | {
      readonly kind: "registry";
      readonly reference: string;
      /** The image's own layers, or those of every step; undefined means `min`. */
      readonly mode?: "min" | "max";
    };

/** Returns the reference of a cache as it is written, or throws `invalid-input`. */
export function parseCacheReference(text: string): string {
  const reference = text.trim();
  parseLocalName(reference);
  return reference;
}

/** Reads `inline`, or a reference that `,mode=max` may follow, or throws `invalid-input`. */
export function parseCacheTarget(text: string): CacheTarget {
  const [written = "", ...settings] = text.trim().split(",");
  if (text.trim() === "inline") return { kind: "inline" };
  const reference = parseCacheReference(written);
  if (settings.length === 0) return { kind: "registry", reference };
  const mode = /^\s*mode=(min|max)$/.exec(settings.join(","))?.[1];
  if (mode === "min" || mode === "max") return { kind: "registry", reference, mode };
  const reason = "behind a reference stands ,mode=min, ,mode=max or nothing";
  throw new EcrError({ kind: "invalid-input", field: "cache", value: text, reason });
}

/** Writes a target as `parseCacheTarget` reads it. */
export function formatCacheTarget(target: CacheTarget): string {
  if (target.kind === "inline") return "inline";
  return target.mode === undefined ? target.reference : `${target.reference},mode=${target.mode}`;
}
