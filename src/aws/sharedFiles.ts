import { loadSharedConfigFiles } from "@smithy/core/config";

/** The settings of one profile, as the files spell them; holds keys, so it never leaves this folder. */
export type ProfileSettings = Readonly<Record<string, string | undefined>>;

/**
 * Reads the profiles of the AWS config and credentials files, in file order.
 *
 * The SDK keeps what it once read of a file, even that the file was missing. Reading without the
 * cache renews it for every later reader in the SDK, such as the one of the SSO sessions.
 * A file that is not there counts as empty. Settings of the credentials file win.
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export async function readProfiles(): Promise<ReadonlyMap<string, ProfileSettings>> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const profiles = new Map<string, ProfileSettings>();
  for (const [name, settings] of Object.entries(configFile)) {
    // Sections that are no profiles carry their type in front of the name.
    if (!/^(?:sso-session|services)\./.test(name)) {
      profiles.set(name, settings);
    }
  }
  for (const [name, settings] of Object.entries(credentialsFile)) {
    profiles.set(name, { ...profiles.get(name), ...settings });
  }
  return profiles;
}
