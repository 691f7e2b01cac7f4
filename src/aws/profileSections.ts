import type { FlawedProfile } from "../core/failures/profileFailures.js";
import type { IniSection } from "./iniSections.js";

/** A section that is meant to be a profile. */
export interface ProfileSection {
  readonly name: string;
  readonly line: number;
  /** Why the SDK leaves it out; undefined for one that it reads. */
  readonly flaw: FlawedProfile["flaw"] | undefined;
}

/** Sections of the config file that are for other things; the last two are the AWS CLI's own. */
const NO_PROFILE = /^(?:sso-session|services|plugins|preview)\b/;

/**
 * Tells which profiles a file means to have, the ones that the SDK leaves out among them.
 *
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export function findProfileSections(
  file: "config" | "credentials",
  sections: readonly IniSection[],
): readonly ProfileSection[] {
  return sections.flatMap(({ header, line }) => {
    if (file === "config" && NO_PROFILE.test(header)) return [];
    const [, quoted] = /^profile\s+(.*)$/.exec(header) ?? [];
    const name = (quoted ?? header).trim().replace(/^(["'])(.*)\1$/, "$2");
    const isPrefixed = quoted !== undefined;
    return name === "" ? [] : [{ name, line, flaw: findFlaw(file, name, isPrefixed) }];
  });
}

function findFlaw(
  file: "config" | "credentials",
  name: string,
  isPrefixed: boolean,
): ProfileSection["flaw"] {
  if (/\s/.test(name)) return "space";
  if (!/^[\w\-@+.%:/]+$/.test(name) || name === "__proto__") return "character";
  if (file === "credentials") return isPrefixed ? "prefix-extra" : undefined;
  return isPrefixed || name === "default" ? undefined : "prefix-missing";
}
