/** What can be wrong with the AWS config and credentials files, and with a profile in them. */
export interface ProfileFailures {
  /** The profile stands in a file in a way that the AWS SDK leaves out. */
  "profile-unusable": { profile: string } & FlawedProfile;
  /** The roles of a profile lead back to where they began; `chain` names the profiles in order. */
  "profile-cycle": { profile: string; chain: readonly string[]; path: string; line: number };
  /** The profile that a role is taken on from is in neither file. */
  "source-profile-missing": { profile: string; source: string; path: string; line: number };
  /** The `sso-session` that a profile names is not in the config file, or lacks a part of its own. */
  "sso-session-unusable": {
    profile: string;
    session: string;
    /** The setting that its section lacks; undefined where there is no such section. */
    lacks: string | undefined;
    path: string;
    line: number;
  };
  /** An AWS file is there and can't be read; `reason` is a sentence fragment. */
  "aws-file-unreadable": { path: string; reason: string };
  /** A line of an AWS file begins a section and does not end it, so nobody knows whose lines follow. */
  "aws-file-malformed": { path: string; line: number };
}

/** Where a profile stands that can't be used, and what keeps it from that; lines count from 1. */
export interface FlawedProfile {
  readonly path: string;
  readonly line: number;
  /** The name holds a space or another odd character, or `profile` is missing before it or too much. */
  readonly flaw: "space" | "character" | "prefix-missing" | "prefix-extra";
}
