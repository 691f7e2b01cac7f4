import type { AwsCall, AwsErrorRow } from "./awsErrorRow.js";

const ECR = "https://docs.aws.amazon.com/AmazonECR/latest/APIReference";

/** What for: refusals to change what a registry holds. */
export const CHANGE_ERRORS: readonly AwsErrorRow[] = [
  {
    id: "repository-not-empty",
    source: `${ECR}/API_DeleteRepository.html#API_DeleteRepository_Errors`,
    name: /^RepositoryNotEmptyException$/,
    failure: (_, { repository = "" }) => ({ kind: "repository-not-empty", repository }),
  },
  {
    id: "kms-key-unusable",
    source: `${ECR}/API_CreateRepository.html#API_CreateRepository_Errors`,
    name: /^KmsException$/,
    failure: ({ message }, { repository = "" }) => ({
      kind: "kms-key-unusable",
      repository,
      message,
    }),
  },
  {
    id: "resource-tag-rejected",
    source: `${ECR}/API_CreateRepository.html#API_CreateRepository_Errors`,
    name: /^(?:InvalidTagParameterException|TooManyTagsException)$/,
    failure: ({ message }, { repository = "" }) => ({
      kind: "invalid-input",
      field: "resource-tag",
      value: repository,
      reason: message,
    }),
  },
  {
    id: "scan-unsupported",
    source: `${ECR}/API_StartImageScan.html#API_StartImageScan_Errors`,
    name: /^UnsupportedImageTypeException$/,
    failure: (_, call) => ({ kind: "scan-unsupported", reference: referenceOf(call) }),
  },
  {
    id: "scan-not-on-demand",
    source: "https://github.com/alexjurkiewicz/ecr-scan-image/issues/44",
    name: /^ValidationException$/,
    text: /^This feature is disabled/i,
    failure: (_, call) => ({ kind: "scan-not-on-demand", reference: referenceOf(call) }),
  },
  {
    id: "scan-limit",
    source: "https://github.com/aws/containers-roadmap/issues/1226",
    name: /^LimitExceededException$/,
    text: /scan quota per image/i,
    failure: (_, call) => ({ kind: "scan-limit", reference: referenceOf(call) }),
  },
  {
    id: "image-archived",
    source: `${ECR}/API_StartImageScan.html#API_StartImageScan_Errors`,
    name: /^ImageArchivedException$/,
    failure: (_, call) => ({ kind: "image-archived", reference: referenceOf(call) }),
  },
  {
    id: "storage-class-refused",
    source: `${ECR}/API_UpdateImageStorageClass.html#API_UpdateImageStorageClass_Errors`,
    name: /^ImageStorageClassUpdateNotSupportedException$/,
    failure: (_, call) => ({
      kind: "storage-class-refused",
      reference: referenceOf(call),
    }),
  },
];

function referenceOf({ repository = "", tag, digest }: AwsCall): string {
  return `${repository}${tag ? `:${tag}` : ""}${digest ? `@${digest}` : ""}`;
}
