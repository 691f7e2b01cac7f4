import type { AwsErrorRow } from "./awsErrorRow.js";
import { denied } from "./denied.js";
import { unreachable } from "./unreachable.js";

const SDK = "https://github.com/aws/aws-sdk-js-v3/blob/main/packages-internal";
const COMMON = "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/CommonErrors.html";
const PROVIDER = /^(?:CredentialsProviderError|TokenProviderError)$/;

/** Who asks: the text of credential providers is all that tells their failures apart. */
export const CREDENTIAL_ERRORS: readonly AwsErrorRow[] = [
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
];

/** What a provider says that no row knows: no credentials came out of it. */
export const NO_CREDENTIALS: AwsErrorRow = {
  id: "no-credentials",
  source: `${SDK}/credential-provider-node/src/defaultProvider.ts`,
  name: PROVIDER,
  failure: (_, { profile }) => ({ kind: "credentials-missing", profile }),
};
