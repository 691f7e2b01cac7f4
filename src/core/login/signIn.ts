/** What somebody confirms in a browser, on this machine or any other. */
export interface DeviceCode {
  /** The code that the page shows too; who compares both knows whose sign-in it is. */
  readonly userCode: string;
  /** The page with the code filled in, where the service tells it; `http:` or `https:`. */
  readonly page: string;
}

/**
 * Shows a code and opens its page; resolves once the page is open, rejects with a cancellation when
 * nobody wants it.
 */
export type ShowDeviceCode = (code: DeviceCode) => Promise<void>;

/**
 * How a sign-in ended: done, or for the AWS CLI to do, with the name of its command.
 *
 * The CLI signs in to what has no device code: `aws login`, and profiles without settings for it.
 */
export type SignInResult = "signed-in" | "aws login" | "aws sso login";

/**
 * Signs in to IAM Identity Center for a profile, or the default one, and keeps the session where the
 * AWS CLI and the SDKs look for it.
 *
 * Fails with one of the `sign-in-*` kinds, `aws-unreachable` or `invalid-input`.
 */
export type SignIn = (
  profile: string | undefined,
  show: ShowDeviceCode,
  signal: AbortSignal,
) => Promise<SignInResult>;
