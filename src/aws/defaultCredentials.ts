import type { DefaultCredentials } from "../core/ports.js";
import type { AwsFiles } from "./sharedFiles.js";

/**
 * Tells what the default credentials are, in the SDK's order, without asking anybody.
 *
 * Whether a machine has an instance role shows only when its metadata service is asked.
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export function findDefaultCredentials(
  environment: NodeJS.ProcessEnv,
  files: Pick<AwsFiles, "profiles">,
): DefaultCredentials {
  const has = (...names: readonly string[]): boolean => names.every((name) => environment[name]);
  const named = environment["AWS_PROFILE"];
  if (named) return { kind: "profile", profile: named, isFromEnvironment: true };
  if (has("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")) return { kind: "environment" };
  if (files.profiles.has("default")) {
    return { kind: "profile", profile: "default", isFromEnvironment: false };
  }
  if (has("AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN")) return { kind: "web-identity" };
  if (has("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") || has("AWS_CONTAINER_CREDENTIALS_FULL_URI")) {
    return { kind: "container" };
  }
  const isOff =
    has("AWS_EC2_METADATA_DISABLED") && environment["AWS_EC2_METADATA_DISABLED"] !== "false";
  return { kind: isOff ? "none" : "instance" };
}
