import type {
  AuthorizationData,
  EncryptionConfiguration,
  ImageDetail,
  Repository as RepositoryAnswer,
  RepositoryCreationTemplate,
} from "@aws-sdk/client-ecr";
import { EcrError } from "../core/errors.js";
import { parseSeverity, type Severity } from "../core/images/imageDetails/findings.js";
import type {
  CreationTemplate,
  Image,
  Repository,
  RepositoryEncryption,
  TagMutability,
} from "../core/registry.js";
import { RegistryToken } from "../core/login/registryToken.js";

/** Reads a repository out of ECR's answer, or fails with `aws-failed` when parts are missing. */
export function readRepository(operation: string, answer: RepositoryAnswer = {}): Repository {
  const { repositoryName, repositoryArn, registryId, repositoryUri, createdAt } = answer;
  const { encryptionConfiguration: encryption, imageScanningConfiguration: scanning } = answer;
  if (!repositoryName || !repositoryArn || !registryId || !repositoryUri) {
    throw unusable(operation, "a repository without name, ARN, registry or URI");
  }
  return {
    name: repositoryName,
    arn: repositoryArn,
    registryId,
    uri: repositoryUri,
    createdAt,
    tagMutability: readMutability(answer),
    ...(encryption && { encryption: readEncryption(encryption) }),
    ...(scanning?.scanOnPush !== undefined && { scansOnPush: scanning.scanOnPush }),
  };
}

function readEncryption({
  encryptionType: type = "AES256",
  kmsKey,
}: EncryptionConfiguration): RepositoryEncryption {
  return kmsKey === undefined && type === USUAL.type ? USUAL : { type, key: kmsKey };
}

/** What nearly all repositories have, which thousands of them then share. */
const USUAL: RepositoryEncryption = { type: "AES256", key: undefined };

/** Reads how ECR creates repositories; a template without prefix fits no name. */
export function readTemplate(answer: RepositoryCreationTemplate): CreationTemplate {
  return {
    prefix: answer.prefix ?? "",
    isForPushes: answer.appliedFor?.includes("CREATE_ON_PUSH") ?? false,
    tagMutability: readMutability(answer),
  };
}

function readMutability({
  imageTagMutability,
  imageTagMutabilityExclusionFilters: filters = [],
}: Pick<
  RepositoryAnswer,
  "imageTagMutability" | "imageTagMutabilityExclusionFilters"
>): TagMutability {
  return {
    default: imageTagMutability?.startsWith("IMMUTABLE") ? "immutable" : "mutable",
    exclusions: filters.flatMap(({ filter }) => filter ?? []),
  };
}

/** Reads an image out of ECR's answer, or fails with `aws-failed` when it has no digest. */
export function readImage(operation: string, answer: ImageDetail): Image {
  if (!answer.imageDigest) {
    throw unusable(operation, "an image without digest");
  }
  return {
    digest: answer.imageDigest,
    tags: answer.imageTags ?? [],
    sizeBytes: answer.imageSizeInBytes,
    pushedAt: answer.imagePushedAt,
    lastPulledAt: answer.lastRecordedPullTime,
    mediaType: shareMediaType(answer.imageManifestMediaType),
    artifactMediaType: shareMediaType(answer.artifactMediaType),
    status: STATUS[answer.imageStatus ?? "ACTIVE"],
    // A field that most images lack costs nothing where it is left out.
    ...(answer.subjectManifestDigest !== undefined && { subject: answer.subjectManifestDigest }),
    ...readFindings(answer.imageScanFindingsSummary?.findingSeverityCounts),
  };
}

/**
 * Only the older basic scanning tells findings in lists of images.
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html
 */
function readFindings(told: Readonly<Record<string, number>> = {}): Pick<Image, "findings"> {
  const findings: Partial<Record<Severity, number>> = {};
  for (const [word, count] of Object.entries(told)) {
    const severity = parseSeverity(word);
    if (count > 0) findings[severity] = (findings[severity] ?? 0) + count;
  }
  return Object.keys(findings).length > 0 ? { findings } : {};
}

/** What manifests and configs mostly are: https://github.com/opencontainers/image-spec/blob/main/media-types.md */
const MEDIA_TYPES: ReadonlyMap<string, string> = new Map(
  [
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.oci.image.config.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.docker.container.image.v1+json",
  ].map((type) => [type, type]),
);

/** Each answer brings strings of its own: 100,000 images would hold as many equal ones. */
function shareMediaType(type: string | undefined): string | undefined {
  return type === undefined ? undefined : (MEDIA_TYPES.get(type) ?? type);
}

const STATUS = { ACTIVE: "active", ARCHIVED: "archived", ACTIVATING: "activating" } as const;

/**
 * Reads a login token out of ECR's answer, or fails with `aws-failed` when parts are missing.
 *
 * The host is the one that ECR names, never one made of account and region: it may have a port, or
 * belong to another partition.
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_AuthorizationData.html
 */
export function readToken(
  operation: string,
  answer: AuthorizationData | undefined,
  issuedAt: Date,
): RegistryToken {
  const { authorizationToken = "", expiresAt, proxyEndpoint = "" } = answer ?? {};
  const login = Buffer.from(authorizationToken, "base64").toString("utf8");
  const [, username, password] = /^([^:]+):(.+)$/s.exec(login) ?? [];
  const host = URL.canParse(proxyEndpoint) ? new URL(proxyEndpoint).host : "";
  if (!username || !password || !host || !expiresAt || Number.isNaN(expiresAt.getTime())) {
    throw unusable(operation, "a token without login, host or expiry");
  }
  return new RegistryToken(host, username, password, issuedAt, expiresAt);
}

/** The answer itself stays out of the error: it may hold a password. */
function unusable(operation: string, what: string): EcrError {
  return new EcrError({ kind: "aws-failed", operation, message: `the answer holds ${what}` });
}
