/** A manifest or index as the registry keeps it: its digest is of exactly this text. */
export interface ManifestText {
  readonly text: string;
  readonly mediaType: string | undefined;
}

/** Reads what images are made of, and what is known about them. */
export interface ImageContents {
  /** Reads a manifest or index as it is; undefined when it is gone, or archived. */
  readManifestText(
    repository: string,
    digest: string,
    signal: AbortSignal,
  ): Promise<ManifestText | undefined>;
}
