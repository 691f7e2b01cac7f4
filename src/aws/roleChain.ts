import { EcrError } from "../core/errors.js";
import type { AwsFiles, ProfileSettings } from "./sharedFiles.js";

/** One profile on the way from a role to the credentials that it is taken on with. */
export interface ChainLink {
  readonly name: string;
  /** Empty for a profile that the files don't have. */
  readonly settings: ProfileSettings;
}

/**
 * Lists the profiles that one profile's credentials come from, itself first.
 *
 * A profile that names itself takes its role on with its own keys. The list ends where a circle
 * closes, with the profile that is there twice.
 * Source: https://github.com/aws/aws-sdk-js-v3/blob/main/packages-internal/credential-provider-ini/src/resolveAssumeRoleCredentials.ts
 */
export function followRoles(files: Pick<AwsFiles, "profiles">, start: string): ChainLink[] {
  const chain: ChainLink[] = [];
  let name: string | undefined = start;
  while (name !== undefined) {
    const settings: ProfileSettings = files.profiles.get(name) ?? {};
    const isAgain = chain.some((link) => link.name === name);
    chain.push({ name, settings });
    const hasKeys = settings["aws_access_key_id"] !== undefined;
    if (isAgain || (chain.length > 1 && hasKeys)) break;
    name = settings["role_arn"] === undefined ? undefined : settings["source_profile"];
  }
  return chain;
}

/** Fails with `profile-cycle` or `source-profile-missing` where the roles of a profile lead nowhere. */
export function checkRoles(files: AwsFiles, profile: string): void {
  const chain = followRoles(files, profile);
  const names = chain.map(({ name }) => name);
  const last = chain.at(-1);
  const before = chain.at(-2);
  if (!last || !before) return;
  const place = files.places.get(before.name) ?? { path: "", line: 1 };
  const hasKeys = last.settings["aws_access_key_id"] !== undefined;
  if (names.indexOf(last.name) < names.length - 1 && !hasKeys) {
    throw new EcrError({ kind: "profile-cycle", profile, chain: names, ...place });
  }
  if (!files.profiles.has(last.name)) {
    const [missing, asking] = [last.name, before.name];
    throw new EcrError({
      kind: "source-profile-missing",
      profile: asking,
      source: missing,
      ...place,
    });
  }
}
