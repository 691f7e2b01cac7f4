import { AwsError } from "./awsError.js";

/** What the credential scope of a signed request says about its sender and its aim. */
export interface SignedScope {
  readonly account: string;
  readonly region: string;
  readonly service: string;
}

/** The account of callers whose access key id does not name one. */
export const defaultAccount = "123456789012";

/**
 * Reads the credential scope of a signed request; the signature itself is not checked.
 *
 * An access key id of 12 digits names the account, so that tests can have as many as they like.
 *
 * @throws AwsError MissingAuthenticationTokenException when the header is missing or malformed.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function parseSignedScope(authorization: string | undefined): SignedScope {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/\s]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request,\s*SignedHeaders=\S+,\s*Signature=[0-9a-f]{64}$/.exec(
      authorization ?? "",
    );
  const [, keyId, region, service] = match ?? [];
  if (keyId === undefined || region === undefined || service === undefined) {
    throw new AwsError("MissingAuthenticationTokenException", "Missing Authentication Token");
  }
  return { account: /^\d{12}$/.test(keyId) ? keyId : defaultAccount, region, service };
}
