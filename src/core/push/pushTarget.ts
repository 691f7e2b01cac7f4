import type { ImageReference } from "../imageReference.js";

/** Where a build pushes what it makes, and how. */
export interface PushTarget {
  /** At least one; all of one repository. */
  readonly references: readonly ImageReference[];
  readonly compression: Compression;
  /** Docker's media types, which everything reads, where the engine would choose others. */
  readonly mediaTypes?: "docker";
}

/** How layers are compressed; everything reads `gzip`, `zstd` is faster. */
export type Compression = "gzip" | "zstd";
