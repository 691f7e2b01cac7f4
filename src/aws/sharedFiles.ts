import { readFile } from "node:fs/promises";
import path from "node:path";
import { getHomeDir, loadSharedConfigFiles } from "@smithy/core/config";
import { EcrError } from "../core/errors.js";
import type { FlawedProfile } from "../core/failures/profileFailures.js";
import { readIniOutline } from "./iniSections.js";
import { textField } from "./jsonFields.js";
import { findProfileSections, type ProfileSection } from "./profileSections.js";

/** The settings of one profile, as the files spell them; holds keys, so it never leaves this folder. */
export type ProfileSettings = Readonly<Record<string, string | undefined>>;

/** What the AWS config and credentials files say. */
export interface AwsFiles {
  /** In file order, the config file first. */
  readonly profiles: ReadonlyMap<string, ProfileSettings>;
  /** The sections of the config file that are no profiles, such as `sso-session.team`. */
  readonly sections: ReadonlyMap<string, ProfileSettings>;
  /** Profiles that the SDK leaves out, unless the name is among those that it reads. */
  readonly flawed: ReadonlyMap<string, FlawedProfile>;
  /** Where each profile begins; the config file is named where both have it. */
  readonly places: ReadonlyMap<string, { readonly path: string; readonly line: number }>;
}

/**
 * Reads the AWS config and credentials files; settings of the credentials file win.
 *
 * The SDK keeps what it once read of a file, even that the file was missing. Reading without the
 * cache renews it for every later reader in the SDK, such as the one of the SSO sessions. A file
 * that is not there counts as empty; the SDK takes any other trouble for an empty file too, so it is
 * looked for here. Fails with `aws-file-unreadable` or `aws-file-malformed`.
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export async function readAwsFiles(): Promise<AwsFiles> {
  const outlines = [
    ...(await readSections("config", awsFilePaths().config)),
    ...(await readSections("credentials", awsFilePaths().credentials)),
  ];
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const profiles = new Map<string, ProfileSettings>();
  const sections = new Map<string, ProfileSettings>();
  for (const [name, settings] of Object.entries(configFile)) {
    // Sections that are no profiles carry their type in front of the name.
    (/^(?:sso-session|services)\./.test(name) ? sections : profiles).set(name, settings);
  }
  for (const [name, settings] of Object.entries(credentialsFile)) {
    if (name.startsWith("profile.") || /\s/.test(name)) continue;
    profiles.set(name, { ...profiles.get(name), ...settings });
  }
  const flawed = new Map<string, FlawedProfile>();
  const places = new Map<string, { path: string; line: number }>();
  for (const { path: file, name, line, flaw } of outlines) {
    if (flaw === undefined && !places.has(name)) places.set(name, { path: file, line });
    if (flaw !== undefined && !profiles.has(name)) flawed.set(name, { path: file, line, flaw });
  }
  return { profiles, sections, flawed, places };
}

/** Tells where the AWS files are, whether or not they exist, as the SDK finds them. */
export function awsFilePaths(): { readonly config: string; readonly credentials: string } {
  const find = (variable: string, name: string): string => {
    const chosen = process.env[variable];
    if (!chosen) return path.join(getHomeDir(), ".aws", name);
    return chosen.startsWith("~/") ? path.join(getHomeDir(), chosen.slice(2)) : chosen;
  };
  return {
    config: find("AWS_CONFIG_FILE", "config"),
    credentials: find("AWS_SHARED_CREDENTIALS_FILE", "credentials"),
  };
}

async function readSections(
  kind: "config" | "credentials",
  file: string,
): Promise<readonly (ProfileSection & { readonly path: string })[]> {
  const { sections, brokenLine } = readIniOutline(await readText(file));
  if (brokenLine !== undefined) {
    throw new EcrError({ kind: "aws-file-malformed", path: file, line: brokenLine });
  }
  return findProfileSections(kind, sections).map((section) => ({ ...section, path: file }));
}

async function readText(file: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const code = textField(error, "code") ?? "";
    if (code === "ENOENT" || code === "ENOTDIR") return "";
    const reason = REASONS[code] ?? code;
    throw new EcrError({ kind: "aws-file-unreadable", path: file, reason }, { cause: error });
  }
  // Windows' own tools write UTF-16, of which the SDK makes an empty file.
  if (!text.includes("\0")) return text;
  throw new EcrError({ kind: "aws-file-unreadable", path: file, reason: "it is no UTF-8 text" });
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "this user may not read it",
  EPERM: "this user may not read it",
  EISDIR: "it is a folder",
};
