import type { Denied } from "./denied.js";

/** What can go wrong between us and AWS: credentials, sign-in and the API. */
export interface AwsFailures {
  /** No AWS credentials were found; `profile` is undefined for the default chain. */
  "credentials-missing": { profile: string | undefined };
  /** The AWS session (SSO, role or login) behind the credentials has ended. */
  "credentials-expired": { profile: string | undefined };
  /** Somebody refused the sign-in in the browser. */
  "sign-in-denied": { profile: string | undefined };
  /** Nobody confirmed the code of the sign-in while it lived. */
  "sign-in-timed-out": { profile: string | undefined };
  /** The sign-in service refused for a reason that no other kind describes. */
  "sign-in-failed": { profile: string | undefined; message: string };
  /** The session can't be written where the AWS tools look for it. */
  "sign-in-unsaved": { path: string; reason: string };
  /** AWS does not know the access key, or the secret does not belong to it. */
  "credentials-rejected": { profile: string | undefined };
  /** The named profile is in neither the config nor the credentials file. */
  "profile-not-found": { profile: string };
  /** No region is set in the settings, the environment or the profile. */
  "region-missing": { profile: string | undefined };
  /** The AWS endpoint can't be reached from this machine. */
  "aws-unreachable": { host: string; region: string };
  /** IAM or a repository policy refuses the action. */
  "access-denied": Denied;
  /** AWS asks for fewer requests. */
  throttled: { operation: string };
  /** An account limit is reached, such as images in a repository. */
  "limit-exceeded": { operation: string; message: string };
  /** ECR answered with an error that no other kind describes. */
  "aws-failed": { operation: string; message: string };
}
