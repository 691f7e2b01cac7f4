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
