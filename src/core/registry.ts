import type { SeverityCounts } from "./images/imageDetails/findings.js";
import type { ResourceTag } from "./changes/resourceTag.js";

/** Names a registry as the user knows it: who asks (profile), where (region), and through what. */
export interface RegistryLocation {
  /** The AWS profile; undefined means the default credential chain. */
  readonly profile: string | undefined;
  readonly region: string;
  /** A custom ECR API endpoint, such as a local one; undefined means AWS's own. */
  readonly endpoint: string | undefined;
  /** Which service holds it: ECR Public (`public.ecr.aws`); undefined means an account's own ECR. */
  readonly service?: "public" | undefined;
}

/**
 * The one region whose API knows all of an account's public registry and hands out its tokens.
 *
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/public/public-registry-auth.html
 */
const PUBLIC_REGION = "us-east-1";

/** Returns where a profile's own public registry is. */
export function publicRegistry(
  profile: string | undefined,
  endpoint: string | undefined,
): RegistryLocation {
  return { profile, region: PUBLIC_REGION, endpoint, service: "public" };
}

/** A key that is equal for equal locations. */
export function registryKey({ profile, region, endpoint, service }: RegistryLocation): string {
  return JSON.stringify([profile ?? "", region, endpoint ?? "", ...(service ? [service] : [])]);
}

/** Returns the location that `registryKey` made a key of. */
export function locationOfKey(key: string): RegistryLocation {
  const [profile, region = "", endpoint, service] = JSON.parse(key) as readonly string[];
  return {
    profile: profile || undefined,
    region,
    endpoint: endpoint || undefined,
    ...(service === "public" && { service }),
  };
}

/** Who AWS says that we are. */
export interface Identity {
  /** The twelve-digit account id, which is also the registry id. */
  readonly accountId: string;
  readonly arn: string;
}

/** Whether tags of a repository may move; excluded tags follow the opposite rule. */
export interface TagMutability {
  readonly default: "mutable" | "immutable";
  /** Wildcard patterns (`*` only) of the tags that are exempt from the default. */
  readonly exclusions: readonly string[];
}

/** A repository of an ECR registry. */
export interface Repository {
  readonly name: string;
  readonly arn: string;
  readonly registryId: string;
  /** The reference without tag: registry host, port if any, and name. */
  readonly uri: string;
  readonly createdAt: Date | undefined;
  readonly tagMutability: TagMutability;
  /** How ECR encrypts it; undefined where the registry does not tell. */
  readonly encryption?: RepositoryEncryption | undefined;
  /** Whether the repository's own setting scans what is pushed; undefined where it has none. */
  readonly scansOnPush?: boolean | undefined;
}

/** How a repository is encrypted at rest. */
export interface RepositoryEncryption {
  /** As ECR names it: `AES256`, `KMS` or `KMS_DSSE`. */
  readonly type: string;
  /** The ARN of the KMS key, where there is one. */
  readonly key: string | undefined;
}

/** How ECR creates repositories by itself, for the names that begin with a prefix. */
export interface CreationTemplate {
  /** A name and all below it, such as `team`; `ROOT` is every name without a nearer template. */
  readonly prefix: string;
  /** Whether a push to a repository that does not exist creates it. */
  readonly isForPushes: boolean;
  readonly tagMutability: TagMutability;
}

/** An image (one digest) of a repository. */
export interface Image {
  readonly digest: string;
  readonly tags: readonly string[];
  /** Compressed size in bytes, as the registry stores it. */
  readonly sizeBytes: number | undefined;
  readonly pushedAt: Date | undefined;
  readonly lastPulledAt: Date | undefined;
  readonly mediaType: string | undefined;
  readonly artifactMediaType: string | undefined;
  readonly status: "active" | "archived" | "activating";
  /** The digest of the image that this one is about, as ECR tells it of signatures and the like. */
  readonly subject?: string;
  /** What a scan found, where lists of images tell it; left out where it found nothing. */
  readonly findings?: SeverityCounts;
}

/** What a new repository should be like. */
export interface NewRepository {
  readonly name: string;
  readonly tagMutability: TagMutability["default"];
  /** Patterns of tags that are exempt from the rule; none by default. */
  readonly exclusions?: readonly string[];
  /** Whether basic scanning looks at each push; left to ECR by default. */
  readonly scanOnPush?: boolean;
  /** The KMS key that encrypts it, `aws/ecr` for AWS's own; by default ECR's keys do (AES-256). */
  readonly kmsKey?: string;
  /** Kept with it, for bills and rights. */
  readonly resourceTags?: readonly ResourceTag[];
}

/** Tells whether a tag that exists may not be moved to another image. */
export function isTagImmutable(mutability: TagMutability, tag: string): boolean {
  const excluded = mutability.exclusions.some((pattern) => matchesWildcard(pattern, tag));
  return (mutability.default === "immutable") !== excluded;
}

/**
 * Finds the template by which a push creates a repository: the one with the longest fitting prefix.
 *
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
 */
export function findPushTemplate(
  templates: readonly CreationTemplate[],
  repository: string,
): CreationTemplate | undefined {
  const fitting = templates.filter(
    ({ prefix, isForPushes }) =>
      isForPushes && (prefix === "ROOT" || repository.startsWith(`${prefix.replace(/\/$/, "")}/`)),
  );
  const length = ({ prefix }: CreationTemplate): number => (prefix === "ROOT" ? 0 : prefix.length);
  return fitting.sort((a, b) => length(b) - length(a))[0];
}

/** Tells whether an image is an index (several platforms) rather than a single manifest. */
export function isIndex(image: Pick<Image, "mediaType">): boolean {
  return (
    image.mediaType === "application/vnd.oci.image.index.v1+json" ||
    image.mediaType === "application/vnd.docker.distribution.manifest.list.v2+json"
  );
}

/** Tells whether a text fits a pattern in which `*` stands for any characters. */
export function matchesWildcard(pattern: string, text: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(text);
}
