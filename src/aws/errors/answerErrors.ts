import type { Failure } from "../../core/errors.js";
import type { RawError } from "./rawError.js";
import type { AwsCall, AwsErrorRow } from "./awsErrorRow.js";
import { denied } from "./denied.js";

const ECR = "https://docs.aws.amazon.com/AmazonECR/latest/APIReference";
const COMMON = `${ECR}/CommonErrors.html`;

/** What for: answers of ECR and STS. */
export const ANSWER_ERRORS: readonly AwsErrorRow[] = [
  {
    id: "access-denied",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
    name: /^(?:AccessDenied|UnauthorizedOperation|BlockedByOrganizationPolicy|Forbidden)(?:Exception)?$/,
    failure: denied,
  },
  {
    id: "region-disabled",
    source:
      "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html#API_AssumeRole_Errors",
    name: /^(?:RegionDisabled(?:Exception)?|OptInRequired)$/,
    failure: (_, { region }) => ({ kind: "region-disabled", region }),
  },
  {
    id: "throttled",
    source: COMMON,
    name: /^(?:Throttling|ThrottlingException|ThrottledException|TooManyRequestsException|RequestLimitExceeded|SlowDown)$/,
    failure: (_, { operation }) => ({ kind: "throttled", operation }),
  },
  {
    id: "throttled-status",
    source: COMMON,
    status: 429,
    failure: (_, { operation }) => ({ kind: "throttled", operation }),
  },
  {
    id: "limit-exceeded",
    source: `${ECR}/API_CreateRepository.html#API_CreateRepository_Errors`,
    name: /^LimitExceededException$/,
    failure: ({ message }, { operation }) => ({ kind: "limit-exceeded", operation, message }),
  },
  {
    id: "repository-not-found",
    source: `${ECR}/API_DescribeImages.html#API_DescribeImages_Errors`,
    name: /^RepositoryNotFoundException$/,
    failure: (raw, call) => ({
      kind: "repository-not-found",
      repository: call.repository ?? /name '([^']+)'/.exec(raw.message)?.[1] ?? "",
      registryId: /registry with id '(\d{12})'/.exec(raw.message)?.[1],
    }),
  },
  {
    id: "repository-exists",
    source: `${ECR}/API_CreateRepository.html#API_CreateRepository_Errors`,
    name: /^RepositoryAlreadyExistsException$/,
    failure: (raw, call) => ({
      kind: "repository-exists",
      repository: call.repository ?? /name '([^']+)'/.exec(raw.message)?.[1] ?? "",
    }),
  },
  {
    id: "tag-immutable",
    source: `${ECR}/API_PutImage.html#API_PutImage_Errors`,
    name: /^ImageTagAlreadyExistsException$/,
    failure: (raw, call) => ({
      kind: "tag-immutable",
      repository: call.repository ?? /the '([^']+)' repository/.exec(raw.message)?.[1] ?? "",
      tag: call.tag ?? /tag '([^']+)'/.exec(raw.message)?.[1] ?? "",
    }),
  },
  {
    id: "image-not-found",
    source: `${ECR}/API_DescribeImages.html#API_DescribeImages_Errors`,
    name: /^ImageNotFoundException$/,
    failure: (_, { repository = "", tag, digest }) => ({
      kind: "image-not-found",
      reference: `${repository}${tag ? `:${tag}` : ""}${digest ? `@${digest}` : ""}`,
    }),
  },
  {
    id: "page-expired",
    source: `${ECR}/API_DescribeRepositories.html#API_DescribeRepositories_Errors`,
    name: /^(?:InvalidParameterException|ValidationException)$/,
    text: /nextToken/,
    failure: (_, { operation }) => ({ kind: "page-expired", operation }),
  },
  {
    id: "public-registry-lacks",
    source:
      "https://docs.aws.amazon.com/AmazonECRPublic/latest/APIReference/API_DescribeRegistries.html#API_DescribeRegistries_Errors",
    name: /^UnsupportedCommandException$/,
    failure: (_, { operation }) => ({ kind: "public-registry-lacks", operation }),
  },
  {
    id: "name-rejected",
    source: `${ECR}/API_CreateRepository.html#API_CreateRepository_Errors`,
    name: /^(?:InvalidParameterException|ValidationException)$/,
    text: /repositoryName|imageTag|imageDigest/i,
    failure: rejected,
  },
];

/** The field is the parameter that ECR names first. */
function rejected(raw: RawError, call: AwsCall): Failure {
  const reason = raw.message;
  const parameter = /repositoryName|imageTag|imageDigest/i.exec(reason)?.[0].toLowerCase();
  const field =
    parameter === "imagetag" ? "tag" : parameter === "imagedigest" ? "digest" : "repository";
  return { kind: "invalid-input", field, value: call[field] ?? "", reason };
}
