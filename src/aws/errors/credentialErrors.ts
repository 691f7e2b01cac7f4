import type { Failure } from "../../core/errors.js";
import type { AwsCall, AwsErrorRow } from "./awsErrorRow.js";
import { findClockSkew } from "./clockSkew.js";
import { denied } from "./denied.js";
import { PROCESS_ERRORS } from "./processErrors.js";
import type { RawError } from "./rawError.js";
import { unreachable, unreachableReason } from "./unreachable.js";
import { untrusted } from "./untrusted.js";

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
      unreachable(
        /(?:ENOTFOUND|EAI_AGAIN) (\S+)/.exec(raw.message)?.[1],
        call,
        unreachableReason(raw.message),
      ),
  },
  {
    id: "provider-untrusted",
    source: "https://nodejs.org/api/tls.html#x509-certificate-error-codes",
    name: PROVIDER,
    text: /self[- ]signed certificate|unable to (?:verify|get)\b.*certificate|certificate (?:has expired|is not yet valid)|certificate's altnames/i,
    failure: (raw, call) => untrusted(undefined, { ...call, host: undefined }, raw.message),
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
    id: "login-may-not-renew",
    source: `${SDK}/credential-provider-login/src/LoginCredentialsFetcher.ts`,
    name: PROVIDER,
    text: /missing permission for the 'CreateOAuth2Token' action/,
    failure: ({ requestId }) => ({
      kind: "access-denied",
      action: "signin:CreateOAuth2Token",
      resource: "*",
      principal: undefined,
      ...(requestId !== undefined && { requestId }),
    }),
  },
  ...PROCESS_ERRORS,
  {
    id: "mfa-code-needed",
    source: `${SDK}/credential-provider-ini/src/resolveAssumeRoleCredentials.ts`,
    name: PROVIDER,
    text: /requires multi-factor authentication/,
    failure: (_, { profile }) => ({ kind: "mfa-needed", profile }),
  },
  {
    id: "mfa-code-refused",
    source:
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html",
    text: /MultiFactorAuthentication failed|Unable to validate MFA code/,
    failure: (_, { profile }) => ({ kind: "mfa-refused", profile }),
  },
  {
    id: "clock-skewed",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html",
    text: /Signature (?:expired|not yet current): /,
    failure: skewed,
  },
  {
    id: "clock-skewed-name",
    source:
      "https://github.com/smithy-lang/smithy-typescript/blob/main/packages/core/src/submodules/retry/service-error-classification/constants.ts",
    name: /^(?:RequestTimeTooSkewed|RequestInTheFuture|RequestExpired)$/,
    failure: skewed,
  },
  {
    id: "session-ended",
    source: COMMON,
    name: /^(?:ExpiredToken|ExpiredTokenException)$/,
    failure: (_, { profile }) => ({ kind: "credentials-expired", profile }),
  },
  {
    id: "secret-rejected",
    source: COMMON,
    name: /^(?:InvalidSignature|SignatureDoesNotMatch)(?:Exception)?$/,
    failure: (raw, call) =>
      findClockSkew(raw, call.now ?? new Date()) === undefined
        ? rejected("wrong-secret", call)
        : skewed(raw, call),
  },
  {
    id: "key-rejected",
    source: COMMON,
    name: /^(?:UnrecognizedClient|InvalidClientTokenId|IncompleteSignature|MissingAuthenticationToken)(?:Exception)?$/,
    failure: (_, call) => rejected("unknown-key", call),
  },
];

/** What a provider says that no row knows: no credentials came out of it. */
export const NO_CREDENTIALS: AwsErrorRow = {
  id: "no-credentials",
  source: `${SDK}/credential-provider-node/src/defaultProvider.ts`,
  name: PROVIDER,
  failure: (_, { profile }) => ({ kind: "credentials-missing", profile }),
};

function skewed(raw: RawError, { now = new Date() }: AwsCall): Failure {
  return { kind: "clock-skewed", aheadMinutes: findClockSkew(raw, now) };
}

function rejected(why: "unknown-key" | "wrong-secret", { profile, region }: AwsCall): Failure {
  return { kind: "credentials-rejected", profile, region, why };
}
