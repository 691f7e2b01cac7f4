import type { ProfileSettings } from "./sharedFiles.js";

/** Where the credentials of a profile begin. */
export interface SourceProfile {
  readonly name: string;
  /** Whether a role on the way to it asks for the code of an MFA device. */
  readonly needsMfa: boolean;
}

/** Follows roles to the profile that has the credentials; a ring ends where it began. */
export function findSourceProfile(
  profiles: ReadonlyMap<string, ProfileSettings>,
  start: string,
): SourceProfile {
  const seen = new Set<string>();
  let name = start;
  let needsMfa = false;
  while (!seen.has(name)) {
    seen.add(name);
    const settings = profiles.get(name);
    if (settings?.["role_arn"] === undefined) continue;
    needsMfa ||= settings["mfa_serial"] !== undefined;
    name = settings["source_profile"] ?? name;
  }
  return { name, needsMfa };
}
