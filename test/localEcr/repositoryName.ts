/** AWS' expression for repository names, which is the OCI one since February 2026. */
const repositoryNamePattern =
  "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*";

const wholeName = new RegExp(`^${repositoryNamePattern}$`);

/** Returns the rule that a repository name breaks, in AWS' words, or undefined when it is valid. */
export function brokenNameRule(name: string): string | undefined {
  if (name.length < 2) return "Member must have length greater than or equal to 2";
  if (name.length > 256) return "Member must have length less than or equal to 256";
  if (!wholeName.test(name)) return `must satisfy regular expression '${repositoryNamePattern}'`;
  return undefined;
}
