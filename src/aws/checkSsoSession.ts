import { EcrError } from "../core/errors.js";
import type { AwsFiles } from "./sharedFiles.js";
import { findSourceProfile } from "./sourceProfile.js";

/**
 * Fails with `sso-session-unusable` where a profile's credentials come from an `sso-session` that
 * the config file doesn't have, or not whole: the SDK then stumbles without a word.
 *
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
 */
export function checkSsoSession(files: AwsFiles, start: string): void {
  const { name: profile } = findSourceProfile(files.profiles, start);
  const session = files.profiles.get(profile)?.["sso_session"];
  if (session === undefined) return;
  const section = files.sections.get(`sso-session.${session}`);
  const lacks = section && ["sso_region", "sso_start_url"].find((key) => !section[key]);
  if (section && lacks === undefined) return;
  const place = files.places.get(profile) ?? { path: "", line: 1 };
  throw new EcrError({ kind: "sso-session-unusable", profile, session, lacks, ...place });
}
