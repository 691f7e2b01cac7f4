import { createHash } from "node:crypto";
import type { ChainLink } from "./roleChain.js";
import type { AwsFiles, ProfileSettings } from "./sharedFiles.js";

/** New keys come with a new id, so that the secrets themselves need not take part. */
const SECRETS = new Set(["aws_secret_access_key", "aws_session_token"]);

/**
 * Makes a short text that changes when a profile does: its settings, those of the profiles that its
 * role comes from, and the sections that they name.
 */
export function fingerprintOf(files: AwsFiles, chain: readonly ChainLink[]): string {
  const parts = chain.map(({ name, settings }) => [
    name,
    withoutSecrets(settings),
    files.sections.get(`sso-session.${settings["sso_session"] ?? ""}`),
    files.sections.get(`services.${settings["services"] ?? ""}`),
  ]);
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}

function withoutSecrets(settings: ProfileSettings): unknown {
  return Object.entries(settings).filter(([key]) => !SECRETS.has(key));
}
