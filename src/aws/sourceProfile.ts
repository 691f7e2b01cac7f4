import { followRoles } from "./roleChain.js";
import type { ProfileSettings } from "./sharedFiles.js";

/** Where the credentials of a profile begin. */
export interface SourceProfile {
  readonly name: string;
  /** Whether a role on the way to it asks for the code of an MFA device. */
  readonly needsMfa: boolean;
}

/** Follows roles to the profile that has the credentials; a ring ends where it closes. */
export function findSourceProfile(
  profiles: ReadonlyMap<string, ProfileSettings>,
  start: string,
): SourceProfile {
  const chain = followRoles({ profiles }, start);
  const isAsking = ({ settings }: (typeof chain)[number]): boolean =>
    settings["role_arn"] !== undefined && settings["mfa_serial"] !== undefined;
  return { name: chain.at(-1)?.name ?? start, needsMfa: chain.some(isAsking) };
}
