import type { FindingsPage } from "./imageDetails/findings.js";
import type { Referrers } from "./imageDetails/referrers.js";

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
  /**
   * Reads the config of an image, given its digest out of the manifest.
   *
   * Fails with `config-unusable` where what comes is not of that digest, or too large for a config.
   */
  readConfigText(repository: string, digest: string, signal: AbortSignal): Promise<string>;
  /**
   * Yields what a scan found, page by page, with the scan's state; a scan that is not there, runs or
   * can't be made is a state, not a failure. Stops after 20,000 findings, and says so.
   */
  listFindings(
    repository: string,
    digest: string,
    signal: AbortSignal,
  ): AsyncIterable<FindingsPage>;
  /**
   * Reads what is about an image: what names it as its subject, and what cosign tagged for it.
   * Stops after 500, and says so.
   */
  readReferrers(repository: string, digest: string, signal: AbortSignal): Promise<Referrers>;
}
