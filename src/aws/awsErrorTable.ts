import type { Failure } from "../core/errors.js";
import type { AwsCall, AwsErrorRow } from "./awsErrorRow.js";
import type { RawError } from "./rawError.js";

const SDK = "https://github.com/aws/aws-sdk-js-v3/blob/main/packages-internal";
const ECR = "https://docs.aws.amazon.com/AmazonECR/latest/APIReference";
const COMMON = `${ECR}/CommonErrors.html`;
const NODE = "https://nodejs.org/api/errors.html";
const PROVIDER = /^(?:CredentialsProviderError|TokenProviderError)$/;

/**
 * Every AWS error that has a kind of its own, the telling ones before the vague ones.
 *
 * Names are compared as text: the SDK models neither credential nor throttling errors as classes.
 */
export const AWS_ERRORS: readonly AwsErrorRow[] = [
  // Who asks: the text of credential providers is all that tells their failures apart.
  {
    id: "provider-offline",
    source: `${SDK}/credential-provider-sso/src/resolveSSOCredentials.ts`,
    name: PROVIDER,
    text: /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|TimeoutError)\b/,
    failure: (raw, call) =>
      unreachable(/(?:ENOTFOUND|EAI_AGAIN) (\S+)/.exec(raw.message)?.[1], call),
  },
  {
    id: "sso-role-refused",
    source:
      "https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html",
    name: PROVIDER,
    text: /ForbiddenException/,
    failure: denied,
  },
  {
    id: "sso-ended",
    source: `${SDK}/credential-provider-sso/src/resolveSSOCredentials.ts`,
    name: PROVIDER,
    text: /SSO session|SSO Token|Token is expired|UnauthorizedException/,
    failure: (_, { profile }) => ({ kind: "credentials-expired", profile }),
  },
  {
    id: "login-ended",
    source: `${SDK}/credential-provider-login/src/LoginCredentialsFetcher.ts`,
    name: PROVIDER,
    text: /re-?authenticate|Failed to load token from|session has expired|change in your password/,
    failure: (_, { profile }) => ({ kind: "credentials-expired", profile }),
  },
  {
    id: "process-ended",
    source: `${SDK}/credential-provider-process/src/getValidatedProcessCredentials.ts`,
    text: /credential_process returned expired credentials/,
    failure: (_, { profile }) => ({ kind: "credentials-expired", profile }),
  },
  {
    id: "mfa-code-needed",
    source: `${SDK}/credential-provider-ini/src/resolveAssumeRoleCredentials.ts`,
    name: PROVIDER,
    text: /requires multi-factor authentication/,
    failure: ({ message }) => ({ kind: "aws-failed", operation: "AssumeRole", message }),
  },
  {
    id: "session-ended",
    source: COMMON,
    name: /^(?:ExpiredToken|ExpiredTokenException|RequestExpired)$/,
    failure: (_, { profile }) => ({ kind: "credentials-expired", profile }),
  },
  {
    id: "key-rejected",
    source: COMMON,
    name: /^(?:UnrecognizedClient|InvalidSignature|InvalidClientTokenId|IncompleteSignature|SignatureDoesNotMatch|MissingAuthenticationToken)(?:Exception)?$/,
    failure: (_, { profile }) => ({ kind: "credentials-rejected", profile }),
  },

  // Where to: settings that lead nowhere, and the network.
  {
    id: "region-missing",
    source:
      "https://github.com/smithy-lang/smithy-typescript/blob/main/packages/core/src/submodules/config/config-resolver/regionConfig/config.ts",
    text: /^Region is missing$/,
    failure: (_, { profile }) => ({ kind: "region-missing", profile }),
  },
  {
    id: "region-no-host",
    source:
      "https://github.com/smithy-lang/smithy-typescript/blob/main/packages/core/src/submodules/config/config-resolver/regionConfig/checkRegion.ts",
    text: /^Region not accepted/,
    failure: (_, { region }) => ({
      kind: "invalid-input",
      field: "region",
      value: region,
      reason: "it can't be part of a host name",
    }),
  },
  {
    id: "endpoint-with-fips",
    source:
      "https://github.com/aws/aws-sdk-js-v3/blob/main/codegen/sdk-codegen/aws-models/ecr.json",
    text: /^Invalid Configuration: (?:FIPS|Dualstack) and custom endpoint are not supported/,
    failure: (raw, { endpoint }) => ({
      kind: "invalid-input",
      field: "endpoint",
      value: endpoint ?? "",
      reason: `it can't be combined with ${raw.message.includes("FIPS") ? "FIPS" : "dual-stack"}`,
    }),
  },
  {
    id: "network",
    source: `${NODE}#common-system-errors`,
    code: /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH)$/,
    failure: (raw, call) => unreachable(raw.host, call),
  },
  {
    id: "tls",
    source: "https://nodejs.org/api/tls.html#x509-certificate-error-codes",
    code: /^(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_|CERT_|ERR_TLS_|ERR_SSL_|EPROTO$)/,
    failure: (raw, call) => unreachable(raw.host, call),
  },
  {
    id: "timeout",
    source:
      "https://github.com/smithy-lang/smithy-typescript/blob/main/packages/node-http-handler/src/set-connection-timeout.ts",
    name: /^TimeoutError$/,
    failure: (raw, call) => unreachable(raw.host, call),
  },

  {
    id: "not-aws",
    source:
      "https://github.com/smithy-lang/smithy-typescript/blob/main/packages/core/src/submodules/schema/middleware/schemaDeserializationMiddleware.ts",
    name: /^SyntaxError$/,
    failure: (_, { operation, host = "the endpoint" }) => ({
      kind: "aws-failed",
      operation,
      message: `${host} answers with something that is not AWS's JSON`,
    }),
  },

  // What for: answers of ECR and STS.
  {
    id: "access-denied",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
    name: /^(?:AccessDenied|UnauthorizedOperation|BlockedByOrganizationPolicy|Forbidden)(?:Exception)?$/,
    failure: denied,
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
    id: "name-rejected",
    source: `${ECR}/API_CreateRepository.html#API_CreateRepository_Errors`,
    name: /^(?:InvalidParameterException|ValidationException)$/,
    text: /repositoryName|imageTag|imageDigest/i,
    failure: rejected,
  },

  // What a provider says that no row above knows: no credentials came out of it.
  {
    id: "no-credentials",
    source: `${SDK}/credential-provider-node/src/defaultProvider.ts`,
    name: PROVIDER,
    failure: (_, { profile }) => ({ kind: "credentials-missing", profile }),
  },
];

function unreachable(host: string | undefined, call: AwsCall): Failure {
  return { kind: "aws-unreachable", host: host ?? call.host ?? "AWS", region: call.region };
}

function denied(raw: RawError): Failure {
  const parts =
    /User: (\S+) is not authorized to perform: ([\w-]+:\w+)(?: on resource: (\S+))?/.exec(
      raw.message,
    );
  return {
    kind: "access-denied",
    principal: parts?.[1],
    action: parts?.[2],
    resource: parts?.[3],
  };
}

/** The field is the parameter that ECR names first. */
function rejected(raw: RawError, call: AwsCall): Failure {
  const reason = raw.message;
  const parameter = /repositoryName|imageTag|imageDigest/i.exec(reason)?.[0].toLowerCase();
  const field =
    parameter === "imagetag" ? "tag" : parameter === "imagedigest" ? "digest" : "repository";
  return { kind: "invalid-input", field, value: call[field] ?? "", reason };
}
