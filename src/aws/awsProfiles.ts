import type { Profile, ProfileSource } from "../core/ports.js";
import type { ProfileSettings } from "./sharedFiles.js";

/** The profiles of this machine's AWS config and credentials files; their keys stay inside. */
export const awsProfiles: ProfileSource = {
  async listProfiles() {
    const { readProfiles } = await import("./sharedFiles.js");
    return [...(await readProfiles())].map(([name, settings]) => ({
      name,
      region: settings["region"],
      source: sourceOf(settings),
    }));
  },
};

/**
 * Tells how a profile gets its credentials, in the order in which the SDK looks at its settings.
 *
 * Source: https://github.com/aws/aws-sdk-js-v3/blob/main/packages-internal/credential-provider-ini/src/resolveProfileData.ts
 */
function sourceOf(settings: ProfileSettings): Profile["source"] {
  const has = (key: string): boolean => settings[key] !== undefined;
  if (has("role_arn") && (has("source_profile") || has("credential_source"))) return "role";
  if (has("aws_access_key_id")) return "keys";
  if (has("web_identity_token_file")) return "web-identity";
  if (has("credential_process")) return "process";
  if (Object.keys(settings).some((key) => key.startsWith("sso_"))) return "sso";
  return has("login_session") ? "login" : "other";
}
