import { createHash } from "node:crypto";
import { type ChainLink, followRoles } from "./roleChain.js";
import type { AwsFiles, ProfileSettings } from "./sharedFiles.js";

/** New keys come with a new id, so that a text that is kept need not be made from secrets. */
const SECRETS = new Set(["aws_secret_access_key", "aws_session_token"]);

/**
 * Makes a short text that changes when a profile does: its settings, those of the profiles that its
 * role comes from, and the sections that they name.
 */
export function fingerprintOf(files: AwsFiles, chain: readonly ChainLink[]): string {
  return digest(files, chain, withoutSecrets).slice(0, 16);
}

/**
 * Makes a text for each profile that changes with anything of it, its secrets too; for comparisons in
 * memory only.
 */
export function digestProfiles(files: AwsFiles): ReadonlyMap<string, string> {
  const names = [...files.profiles.keys()];
  const digests = names.map(
    (name) => [name, digest(files, followRoles(files, name), Object.entries)] as const,
  );
  const flawed = [...files.flawed].map(([name, { flaw }]) => [name, flaw] as const);
  return new Map([...digests, ...flawed]);
}

function digest(
  files: AwsFiles,
  chain: readonly ChainLink[],
  read: (settings: ProfileSettings) => unknown,
): string {
  const parts = chain.map(({ name, settings }) => [
    name,
    read(settings),
    files.sections.get(`sso-session.${settings["sso_session"] ?? ""}`),
    files.sections.get(`services.${settings["services"] ?? ""}`),
  ]);
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

function withoutSecrets(settings: ProfileSettings): unknown {
  return Object.entries(settings).filter(([key]) => !SECRETS.has(key));
}
