/** Why the registry leaves one image of a batch as it is. */
export interface ImageRefusal {
  readonly digest: string;
  /**
   * `in-index`: an index holds it. `tag-moved`: the tag names another image. `archived`: it can't be
   * read. `key`: the repository's KMS key can't be used.
   */
  readonly why: "in-index" | "tag-moved" | "archived" | "key" | "other";
  /** The indexes that hold it, where the registry names them. */
  readonly indexes: readonly string[];
  /** The registry's own words. */
  readonly message: string;
}
