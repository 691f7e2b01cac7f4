import { type StatsListener, unwatchFile, watchFile } from "node:fs";
import path from "node:path";
import { getHomeDir } from "@smithy/core/config";
import { digestProfiles } from "./fingerprint.js";
import { awsFilePaths, readAwsFiles } from "./sharedFiles.js";

/** What to do when other programs write AWS files. */
export interface AwsFileListener {
  /** Profiles came, went, or changed, or their files can be read again or not any more. */
  readonly onProfiles: (names: ReadonlySet<string>) => void;
  /** Some tool has signed in or out, or renewed its session. */
  readonly onSignIn: () => void;
}

/**
 * Looks after the AWS files every two seconds, from when it resolves; returns what ends that.
 *
 * Files that are not there yet, that are links, or that lie on a network are seen as well, which no
 * notification of the system promises.
 */
export async function watchAwsFiles(
  listener: AwsFileListener,
  intervalMs = 2_000,
): Promise<() => void> {
  let known: Promise<ReadonlyMap<string, string>> | undefined;
  const onFiles: StatsListener = () => {
    // One after the other, so that each is compared with the one before.
    known = known?.then(async (before) => {
      const after = await readDigests();
      const names = [...before.keys(), ...after.keys()];
      const changed = names.filter((name) => before.get(name) !== after.get(name));
      if (changed.length > 0) listener.onProfiles(new Set(changed));
      return after;
    });
  };
  const onSessions: StatsListener = () => {
    listener.onSignIn();
  };
  const watched: (readonly [string, StatsListener])[] = [
    ...Object.values(awsFilePaths()).map((file) => [file, onFiles] as const),
    ...sessionFolders().map((folder) => [folder, onSessions] as const),
  ];
  for (const [file, look] of watched)
    watchFile(file, { interval: intervalMs, persistent: false }, look);
  // What is read after the first look is no older than it.
  known = readDigests();
  await known;
  return () => {
    for (const [file, look] of watched) unwatchFile(file, look);
  };
}

/** Nobody acts on files that can't be read; whoever needs them next says so. */
async function readDigests(): Promise<ReadonlyMap<string, string>> {
  try {
    return digestProfiles(await readAwsFiles());
  } catch {
    return new Map();
  }
}

/** Where the AWS tools keep sessions; a folder changes when a file in it is made or replaced. */
function sessionFolders(): readonly string[] {
  const home = path.join(getHomeDir(), ".aws");
  const login = process.env["AWS_LOGIN_CACHE_DIRECTORY"] ?? path.join(home, "login", "cache");
  return [path.join(home, "sso", "cache"), login];
}
