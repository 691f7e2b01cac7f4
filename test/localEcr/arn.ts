import { isPublic, publicAlias } from "./publicRegistry.js";
import type { RegistryKey } from "./store.js";

/** Returns the ARN of a repository, or of all of them when no name is given. */
export function repositoryArn(key: RegistryKey, name = "*"): string {
  if (isPublic(key)) {
    const own = name.replace(`${publicAlias(key.account)}/`, "");
    return `arn:aws:ecr-public::${key.account}:repository/${own}`;
  }
  return `arn:${partition(key.region)}:ecr:${key.region}:${key.account}:repository/${name}`;
}

/** Returns the ARN of the user that every caller of an account is. */
export function callerArn(key: RegistryKey): string {
  return `arn:${partition(key.region)}:iam::${key.account}:user/developer`;
}

function partition(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return "aws";
}
