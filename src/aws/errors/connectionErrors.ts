import type { AwsErrorRow } from "./awsErrorRow.js";
import { unreachable, unreachableReason } from "./unreachable.js";
import { untrusted } from "./untrusted.js";

const NODE = "https://nodejs.org/api/errors.html";

/** Where to: settings that lead nowhere, and the network. */
export const CONNECTION_ERRORS: readonly AwsErrorRow[] = [
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
      kind: "endpoint-conflict",
      endpoint,
      feature: raw.message.includes("FIPS") ? "FIPS" : "dual-stack",
    }),
  },
  {
    id: "proxy",
    source: "https://www.rfc-editor.org/rfc/rfc9110#name-407-proxy-authentication-re",
    text: /proxy authentication required|\bstatusCode=407\b|proxy.*\b407\b/i,
    failure: (raw, call) => ({ kind: "proxy-refused", host: raw.host ?? call.host ?? "AWS" }),
  },
  {
    id: "proxy-status",
    source: "https://www.rfc-editor.org/rfc/rfc9110#name-407-proxy-authentication-re",
    status: 407,
    failure: (raw, call) => ({ kind: "proxy-refused", host: raw.host ?? call.host ?? "AWS" }),
  },
  {
    id: "network",
    source: `${NODE}#common-system-errors`,
    code: /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH)$/,
    failure: (raw, call) => unreachable(raw.host, call, unreachableReason(raw.code)),
  },
  {
    id: "tls",
    source: "https://nodejs.org/api/tls.html#x509-certificate-error-codes",
    code: /^(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_|CERT_|ERR_TLS_|ERR_SSL_|EPROTO$)/,
    failure: ({ host, code }, call) => untrusted(host, call, code),
  },
  {
    id: "timeout",
    source:
      "https://github.com/smithy-lang/smithy-typescript/blob/main/packages/node-http-handler/src/set-connection-timeout.ts",
    name: /^TimeoutError$/,
    failure: (raw, call) => unreachable(raw.host, call, "no-answer"),
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
];
