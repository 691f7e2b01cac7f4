import { EcrError } from "../core/errors.js";
import { parseRegion } from "../core/imageReference.js";

/** What the user chose; undefined means that the environment and the profile decide. */
export interface RegionChoice {
  readonly region: string | undefined;
  /** The profile; undefined means `AWS_PROFILE`, else the one named `default`. */
  readonly profile: string | undefined;
}

/**
 * Finds the region as the AWS CLI does: the choice, `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile.
 *
 * Fails with `region-missing` when none of them names one, and with `invalid-input` when the first
 * that does is not a region. The SDK by itself does not read `AWS_DEFAULT_REGION`.
 * Source: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html
 */
export async function resolveRegion(choice: RegionChoice): Promise<string> {
  const { AWS_REGION, AWS_DEFAULT_REGION, AWS_PROFILE } = process.env;
  // An empty variable counts as one that is not set.
  const named = [choice.region, AWS_REGION, AWS_DEFAULT_REGION].find(Boolean);
  if (named) {
    return parseRegion(named);
  }
  const { readProfiles } = await import("./sharedFiles.js");
  const profiles = await readProfiles();
  const profile = [choice.profile, AWS_PROFILE].find(Boolean);
  const region = profiles.get(profile ?? "default")?.["region"];
  if (!region) {
    throw new EcrError({ kind: "region-missing", profile });
  }
  return parseRegion(region);
}
