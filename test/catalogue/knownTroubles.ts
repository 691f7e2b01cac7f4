/** One trouble between a laptop and ECR that AWS's guide or an engine's source names. */
export interface KnownTrouble {
  readonly title: string;
  /** Rows of the AWS adapter's table. */
  readonly awsRows?: readonly string[];
  /** Situations that were recorded with both families of engines. */
  readonly situations?: readonly string[];
  /** Why no code of ours can meet it. */
  readonly notMet?: string;
}

/**
 * Every trouble that is known, whatever the adapter.
 *
 * Sources: https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors-docker.html,
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/CommonErrors.html, and the sources that
 * the tables of the adapters name.
 */
export const KNOWN_TROUBLES: readonly KnownTrouble[] = [
  { title: "no credentials, or none in the profile", awsRows: ["no-credentials"] },
  { title: "single sign-on is over", awsRows: ["sso-ended", "sso-role-refused"] },
  { title: "aws login is over", awsRows: ["login-ended", "login-may-not-renew"] },
  { title: "an MFA code is needed, or refused", awsRows: ["mfa-code-needed", "mfa-code-refused"] },
  {
    title: "the credential process fails",
    awsRows: [
      "process-failed",
      "process-timed-out",
      "process-not-json",
      "process-incomplete",
      "process-ended",
    ],
  },
  { title: "temporary credentials are over", awsRows: ["session-ended"] },
  { title: "an unknown key, partition or region", awsRows: ["key-rejected", "region-disabled"] },
  {
    title: "a wrong secret, or a wrong clock",
    awsRows: ["secret-rejected", "clock-skewed", "clock-skewed-name"],
  },
  { title: "AWS denies an action", awsRows: ["access-denied"] },
  { title: "AWS asks for fewer requests", awsRows: ["throttled", "throttled-status"] },
  { title: "AWS can't be reached", awsRows: ["network", "timeout", "provider-offline"] },
  { title: "FIPS or dual-stack at a custom endpoint", awsRows: ["endpoint-with-fips"] },
  {
    title: "a proxy reads along, or wants a login",
    awsRows: ["tls", "provider-untrusted", "proxy", "proxy-status"],
  },
  { title: "no login for the registry", situations: ["no-login"] },
  { title: "a login that the registry does not know", situations: ["wrong-password"] },
  { title: "a login token that has ended", situations: ["expired"] },
  { title: "a repository that is missing", situations: ["missing-repository"] },
  { title: "a tag that may not move", situations: ["immutable"] },
  { title: "a registry that denies an action", situations: ["denied", "denied-other-account"] },
  { title: "a registry that asks for fewer requests", situations: ["throttled"] },
  {
    title: "a refusal without a word",
    situations: ["wordless-upload", "wordless-manifest"],
  },
  { title: "too many images", situations: ["quota"] },
  { title: "a manifest that is not there", situations: ["pull-manifest-unknown"] },
  { title: "a base image for other platforms", situations: ["build-platform"] },
  { title: "a manifest that ECR does not take", situations: ["unsupported"] },
  { title: "a layer that was lost", situations: ["blob-unknown", "layers-missing"] },
  {
    title: "an engine that can't reach the registry",
    situations: ["x509", "unknown-host", "mute", "plain-http", "refused", "cut"],
  },
  {
    title: "exec format error on Fargate or EKS",
    notMet: "ECS and Kubernetes say it long after the push; the platform is asked for before",
  },
  {
    title: "Lambda refuses the image's media type",
    notMet: "Lambda says it when a function is made",
  },
  {
    title: "Fargate can't pull an attestation",
    notMet: "ECS says it when a task starts",
  },
];
