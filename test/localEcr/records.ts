/** A key and its value, attached to a repository. */
export interface ResourceTag {
  readonly Key: string;
  readonly Value: string;
}

/** Which tags an image push may move. */
export type TagMutability =
  "MUTABLE" | "IMMUTABLE" | "MUTABLE_WITH_EXCLUSION" | "IMMUTABLE_WITH_EXCLUSION";

/** Tags that the repository's mutability does not apply to. */
export interface ExclusionFilter {
  readonly filterType: "WILDCARD";
  readonly filter: string;
}

/** A repository as it is kept: replaced, never changed in place. Instants are epoch milliseconds. */
export interface RepositoryRecord {
  readonly name: string;
  readonly createdAt: number;
  readonly tagMutability: TagMutability;
  readonly exclusionFilters: readonly ExclusionFilter[];
  readonly scanOnPush: boolean;
  readonly encryption: { readonly encryptionType: string; readonly kmsKey?: string };
  readonly tags: readonly ResourceTag[];
  readonly lifecycle?: { readonly text: string; readonly evaluatedAt: number };
  readonly preview?: LifecyclePolicyPreview;
  /** Who may use it, as the text of an IAM policy. */
  readonly policy?: string;
  /** How many images the repository was seeded with; they are generated when first looked at. */
  readonly seededImages?: number;
}

/** Where an image is in the life that the storage class gives it. */
export type ImageStatus = "ACTIVE" | "ARCHIVED" | "ACTIVATING";

/** An image as it is kept: replaced, never changed in place. Instants are epoch milliseconds. */
export interface ImageRecord {
  /** The order of arrival in the repository, which lists follow. */
  readonly sequence: number;
  readonly digest: string;
  readonly mediaType: string;
  readonly artifactMediaType?: string;
  readonly artifactType?: string;
  readonly sizeBytes: number;
  readonly manifestBytes: number;
  readonly pushedAt: number;
  readonly tags: readonly string[];
  /** The manifests that an index holds. */
  readonly children?: readonly string[];
  readonly subject?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly pulledAt?: number;
  readonly archivedAt?: number;
  readonly activatedAt?: number;
  readonly status: ImageStatus;
  readonly scan?: ScanRecord;
  /** The number of a seeded image, from which its manifest is generated. */
  readonly seedNumber?: number;
}

/** A scan of an image; `looks` counts the answers that said it is still in progress. */
export interface ScanRecord {
  readonly startedAt: number;
  readonly looks: number;
  /** What a test wants to be found; made up from the digest without it. */
  readonly report?: ScanReport;
}

/** The result of a scan in the words of the API: of a basic one, or of Amazon Inspector's. */
export interface ScanReport {
  /** Such as `COMPLETE`, or `ACTIVE` for Inspector. */
  readonly status: string;
  readonly description?: string;
  readonly findings?: readonly ScannedFinding[];
  readonly enhancedFindings?: readonly ScannedFinding[];
}

/** One finding; its other fields are handed on as they are. */
export interface ScannedFinding {
  readonly severity: string;
  readonly [field: string]: unknown;
}

/** A layer or configuration that a repository holds. */
export interface BlobRecord {
  readonly digest: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
}

/** A template that says how missing repositories are created. */
export interface CreationTemplate {
  readonly prefix: string;
  readonly appliedFor: readonly string[];
  readonly tagMutability: TagMutability;
  readonly createdAt: number;
}

/** A rule by which the repositories below a prefix hold copies of another registry's images. */
export interface PullThroughRule {
  readonly prefix: string;
  readonly upstreamUrl: string;
  readonly upstreamRegistry: string | undefined;
  readonly createdAt: number;
}

/** What a policy would do to an image. */
export interface LifecycleAction {
  readonly digest: string;
  readonly priority: number;
  readonly action: "EXPIRE" | "TRANSITION";
}

/**
 * The result of trying a policy out; kept, as ECR keeps it, until the next try. `looks` counts the
 * answers that said it is still at work.
 */
export interface LifecyclePolicyPreview {
  readonly looks: number;
  readonly text: string;
  readonly actions: readonly LifecycleAction[];
}
