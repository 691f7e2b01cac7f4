import type { AwsSession } from "../login/awsSession.js";
import type { Denied } from "./denied.js";

/** What can go wrong between us and AWS: credentials, sign-in and the API. */
export interface AwsFailures {
  /** No AWS credentials were found; `profile` is undefined for the default chain. */
  "credentials-missing": { profile: string | undefined };
  /** The AWS session (SSO, role or login) behind the credentials has ended. */
  "credentials-expired": { profile: string | undefined };
  /** The AWS session ends before a push that takes as long as the last one is over. */
  "session-too-short": {
    profile: string | undefined;
    endsInMs: number;
    lastTookMs: number;
    renewedBy: AwsSession["renewedBy"];
  };
  /** Somebody refused the sign-in in the browser. */
  "sign-in-denied": { profile: string | undefined };
  /** Nobody confirmed the code of the sign-in while it lived. */
  "sign-in-timed-out": { profile: string | undefined };
  /** The sign-in service refused for a reason that no other kind describes. */
  "sign-in-failed": { profile: string | undefined; message: string };
  /** A profile signs in with the AWS CLI, and `program` is not on this host. */
  "sign-in-program-missing": { profile: string | undefined; program: string };
  /** The session can't be written where the AWS tools look for it. */
  "sign-in-unsaved": { path: string; reason: string };
  /**
   * AWS does not know the access key, or the secret does not belong to it. A key that is good
   * elsewhere is unknown to other partitions, and to regions that the account has not enabled.
   */
  "credentials-rejected": {
    profile: string | undefined;
    region?: string;
    why?: "unknown-key" | "wrong-secret";
  };
  /** The program of a profile's `credential_process` gave no credentials. */
  "credential-process-failed": {
    profile: string | undefined;
    /** The first word of the command; the others may hold a secret. */
    program: string | undefined;
    fault: CredentialProcessFault;
  };
  /** A role wants an MFA code, and nobody can be asked for one. */
  "mfa-needed": { profile: string | undefined };
  /** AWS does not take the MFA code. */
  "mfa-refused": { profile: string | undefined };
  /** This machine's clock differs too much from AWS's. */
  "clock-skewed": {
    /** Minutes that this machine is ahead, negative where it is behind; undefined if not told. */
    aheadMinutes: number | undefined;
  };
  /** The account has not enabled the region. */
  "region-disabled": { region: string };
  /** A custom endpoint stands beside a setting that chooses the endpoint itself. */
  "endpoint-conflict": { endpoint: string | undefined; feature: "FIPS" | "dual-stack" };
  /** The named profile is in neither the config nor the credentials file. */
  "profile-not-found": { profile: string };
  /** No region is set in the settings, the environment or the profile. */
  "region-missing": { profile: string | undefined };
  /** The AWS endpoint can't be reached from this machine. */
  "aws-unreachable": { host: string; region: string; why?: UnreachableReason };
  /** This machine does not trust the certificate that a host of AWS, or one in between, shows. */
  "certificate-untrusted": { host: string; problem: CertificateProblem };
  /** The HTTP proxy lets no request through, mostly for want of a login. */
  "proxy-refused": { host: string };
  /** IAM or a repository policy refuses the action. */
  "access-denied": Denied;
  /** AWS, or a registry, asks for fewer requests. */
  throttled: {
    operation: string;
    /** The registry that asks for it; undefined for AWS's API. */
    host?: string;
  };
  /** AWS no longer knows where a list that was read in part goes on. */
  "page-expired": { operation: string };
  /** ECR Public has nothing like what was asked for. */
  "public-registry-lacks": { operation: string };
  /** An account limit is reached, such as images in a repository. */
  "limit-exceeded": { operation: string; message: string };
  /** ECR answered with an error that no other kind describes. */
  "aws-failed": { operation: string; message: string };
}

/**
 * How a `credential_process` fails: it ends with an error, does not end, or its answer is no JSON,
 * lacks something, or holds credentials that are over.
 */
export type CredentialProcessFault = "failed" | "timed-out" | "not-json" | "incomplete" | "expired";

/** Why a host does not answer. */
export type UnreachableReason = "unknown-host" | "refused" | "broken-off" | "no-answer";

/**
 * What is wrong with a certificate: nobody known signed it, it is of another host, it is not valid
 * at this time, or there is none as the host does not speak TLS.
 */
export type CertificateProblem = "untrusted" | "other-host" | "dates" | "no-tls";
