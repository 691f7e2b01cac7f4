import type { AwsError } from "./awsError.js";

/**
 * An error answer of the data plane, in the form of the OCI distribution specification.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes
 */
export class OciError extends Error {
  override readonly name = "OciError";

  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** Codes of the control plane and what the data plane says for the same refusal. */
const translations: Readonly<Record<string, readonly [code: string, status: number]>> = {
  RepositoryNotFoundException: ["NAME_UNKNOWN", 404],
  ImageNotFoundException: ["MANIFEST_UNKNOWN", 404],
  ImageTagAlreadyExistsException: ["TAG_INVALID", 400],
  LayersNotFoundException: ["MANIFEST_BLOB_UNKNOWN", 400],
  ReferencedImagesNotFoundException: ["MANIFEST_BLOB_UNKNOWN", 400],
  ImageDigestDoesNotMatchException: ["DIGEST_INVALID", 400],
  InvalidParameterException: ["UNSUPPORTED", 400],
  LimitExceededException: ["DENIED", 403],
  AccessDeniedException: ["DENIED", 403],
  ThrottlingException: ["TOOMANYREQUESTS", 429],
};

/** Returns the data plane's form of a control plane error; unknown codes keep code and status. */
export function asOciError(error: AwsError): OciError {
  const [code, status] = translations[error.code] ?? [error.code, error.status];
  return new OciError(code, error.message, status);
}
