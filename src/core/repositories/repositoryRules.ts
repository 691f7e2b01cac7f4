import type { PreviewLook } from "./lifecycle/lifecyclePreview.js";

/** Reads and sets the rules by which a repository keeps images, and who may use it. */
export interface RepositoryRules {
  /** Reads the lifecycle policy, as JSON text; undefined where a repository has none. */
  readLifecyclePolicy(repository: string, signal: AbortSignal): Promise<string | undefined>;
  /** Sets the lifecycle policy; fails with `lifecycle-policy-rejected`. */
  putLifecyclePolicy(repository: string, policy: string, signal: AbortSignal): Promise<void>;
  /** Deletes the lifecycle policy; nothing happens where there is none. */
  deleteLifecyclePolicy(repository: string, signal: AbortSignal): Promise<void>;
  /**
   * Begins to try out a policy, which changes nothing; `lookAtLifecyclePreview` tells what came of it.
   *
   * Fails with `lifecycle-policy-rejected`, or with `lifecycle-preview-busy` while ECR is still at
   * another one.
   */
  startLifecyclePreview(repository: string, policy: string, signal: AbortSignal): Promise<void>;
  /** Looks at the preview that was begun last, by whomever, from a page on. */
  lookAtLifecyclePreview(
    repository: string,
    nextToken: string | undefined,
    signal: AbortSignal,
  ): Promise<PreviewLook>;
  /** Reads the repository policy, as JSON text; undefined where a repository has none. */
  readRepositoryPolicy(repository: string, signal: AbortSignal): Promise<string | undefined>;
  /** Reads when images of a repository are scanned. */
  readScanSettings(repository: string, signal: AbortSignal): Promise<ScanSettings>;
}

/** When images of a repository are scanned for known vulnerabilities. */
export interface ScanSettings {
  readonly frequency: "on-push" | "continuous" | "manual";
  /** The filters of the registry that apply to the repository. */
  readonly filters: readonly string[];
}
