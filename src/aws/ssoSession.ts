import { checkSsoSession } from "./checkSsoSession.js";
import { effectiveProfile } from "./credentials.js";
import { type ProfileSettings, readAwsFiles } from "./sharedFiles.js";
import { findSourceProfile } from "./sourceProfile.js";

/** Where a profile signs in, as the AWS config file says. */
export interface SsoSession {
  /** The profile that names the session: the asked one, or one that its role comes from. */
  readonly profile: string;
  /** The name of the `sso-session` section; undefined where the profile itself has the settings. */
  readonly name: string | undefined;
  readonly startUrl: string;
  readonly region: string;
  /** What the session may be used for; sessions of a profile itself know no scopes. */
  readonly scopes: readonly string[];
}

/** Without this scope AWS hands out neither role credentials nor a refresh token. */
const DEFAULT_SCOPES = "sso:account:access";

/**
 * Finds where a profile signs in, along the profiles that its role comes from; otherwise tells which
 * command of the AWS CLI may help.
 *
 * Fails with `sso-session-unusable`.
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
 */
export async function findSsoSession(
  profile: string | undefined,
): Promise<SsoSession | "aws login" | "aws sso login"> {
  const files = await readAwsFiles();
  const { name } = findSourceProfile(files.profiles, effectiveProfile(profile) ?? "default");
  checkSsoSession(files, name);
  const settings = files.profiles.get(name) ?? {};
  const sessionName = settings["sso_session"];
  const session =
    sessionName === undefined ? settings : (files.sections.get(`sso-session.${sessionName}`) ?? {});
  const { sso_start_url: startUrl, sso_region: region } = session;
  if (!startUrl || !region) {
    return settings["login_session"] === undefined ? "aws sso login" : "aws login";
  }
  return {
    profile: name,
    name: sessionName,
    startUrl,
    region,
    scopes: scopesOf(session, sessionName),
  };
}

function scopesOf(session: ProfileSettings, name: string | undefined): readonly string[] {
  if (name === undefined) return [];
  const scopes = session["sso_registration_scopes"] ?? DEFAULT_SCOPES;
  return scopes.split(",").map((scope) => scope.trim());
}
