import { EcrError } from "./errors.js";
import { parseEndpoint, parseProfileName, parseRegion } from "./imageReference.js";
import type { Profile } from "./ports.js";
import type { RegistryLocation } from "./registry.js";

/** What the settings or the user's choice say; empty texts count as not said. */
export interface WantedRegistry {
  readonly profile: string | undefined;
  readonly region: string | undefined;
  readonly endpoint: string | undefined;
}

/** The environment variables that the AWS CLI reads as well. */
export type AwsEnvironment = Readonly<
  Partial<Record<"AWS_PROFILE" | "AWS_REGION" | "AWS_DEFAULT_REGION", string>>
>;

/**
 * Decides which registry is meant: what is wanted, then the environment, then the profile's file.
 *
 * Fails with `invalid-input` for a malformed part, `profile-not-found` for a profile that the files
 * don't name, `profile-unusable` for one that the SDK leaves out, and `region-missing` when nobody
 * names a region.
 */
export function locateRegistry(
  wanted: WantedRegistry,
  environment: AwsEnvironment,
  profiles: readonly Profile[],
): RegistryLocation {
  const profileName = orUndefined(wanted.profile) ?? orUndefined(environment.AWS_PROFILE);
  const known = profiles.find(({ name }) => name === (profileName ?? "default"));
  if (profileName !== undefined && known?.flaw) {
    throw new EcrError({ kind: "profile-unusable", profile: profileName, ...known.flaw });
  }
  const profile = profileName === undefined ? undefined : parseProfileName(profileName);
  if (profile !== undefined && !known) throw new EcrError({ kind: "profile-not-found", profile });
  const region =
    orUndefined(wanted.region) ??
    // A profile that the user picked brings its own region along; the environment's is the default.
    (orUndefined(wanted.profile) !== undefined ? known?.region : undefined) ??
    orUndefined(environment.AWS_REGION) ??
    orUndefined(environment.AWS_DEFAULT_REGION) ??
    known?.region;
  if (region === undefined) throw new EcrError({ kind: "region-missing", profile });
  const endpoint = orUndefined(wanted.endpoint);
  return {
    profile,
    region: parseRegion(region),
    endpoint: endpoint === undefined ? undefined : parseEndpoint(endpoint),
  };
}

function orUndefined(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === "" ? undefined : text.trim();
}
