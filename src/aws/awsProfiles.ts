import type { Profile, ProfileSource } from "../core/ports.js";
import { fingerprintOf } from "./fingerprint.js";
import type { ChainLink } from "./roleChain.js";
import type { AwsFiles, ProfileSettings } from "./sharedFiles.js";

/** The profiles of this machine's AWS config and credentials files; their keys stay inside. */
export const awsProfiles: ProfileSource = {
  async listProfiles() {
    const { readAwsFiles } = await import("./sharedFiles.js");
    const { followRoles } = await import("./roleChain.js");
    const files = await readAwsFiles();
    const usable = [...files.profiles.keys()].map((name) =>
      describeProfile(files, followRoles(files, name)),
    );
    const flawed = [...files.flawed].map(([name, flaw]): Profile => ({
      name,
      region: undefined,
      source: "other",
      flaw,
    }));
    return [...usable, ...flawed];
  },
  async findDefaultCredentials() {
    const { readAwsFiles } = await import("./sharedFiles.js");
    const { findDefaultCredentials } = await import("./defaultCredentials.js");
    return findDefaultCredentials(process.env, await readAwsFiles());
  },
};

function describeProfile(files: AwsFiles, chain: readonly ChainLink[]): Profile {
  const [{ name, settings } = { name: "", settings: {} }] = chain;
  const source = sourceOf(settings);
  return {
    name,
    region: settings["region"],
    source,
    accountId: accountOf(settings, source),
    role: roleOf(settings, source),
    via:
      source === "role" ? (settings["source_profile"] ?? settings["credential_source"]) : undefined,
    hasMfa: chain.some((link) => link.settings["mfa_serial"] !== undefined),
    fingerprint: fingerprintOf(files, chain),
  };
}

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

/** Finds the account in what names it for this kind of profile. */
function accountOf(settings: ProfileSettings, source: Profile["source"]): string | undefined {
  const text = {
    sso: settings["sso_account_id"],
    role: settings["role_arn"],
    "web-identity": settings["role_arn"],
    login: settings["login_session"],
    keys: settings["aws_account_id"],
    process: settings["aws_account_id"],
    other: undefined,
  }[source];
  return /(?:^|:)(\d{12})(?:$|:)/.exec(text ?? "")?.[1];
}

function roleOf(settings: ProfileSettings, source: Profile["source"]): string | undefined {
  if (source === "sso") return settings["sso_role_name"];
  if (source !== "role" && source !== "web-identity") return undefined;
  // A role's path is no part of its name.
  return /:role\/(?:.*\/)?([^/]+)$/.exec(settings["role_arn"] ?? "")?.[1];
}
