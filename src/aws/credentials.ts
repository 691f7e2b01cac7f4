import type { ECRClientConfig } from "@aws-sdk/client-ecr";
import { fromIni, fromNodeProviderChain } from "@aws-sdk/credential-providers";
import type { AskMfaCode } from "./ecrOptions.js";
import { checkSsoSession } from "./checkSsoSession.js";
import { checkRoles } from "./roleChain.js";
import type { AwsFiles } from "./sharedFiles.js";

type CredentialSource = Extract<
  NonNullable<ECRClientConfig["credentials"]>,
  (...parameters: never[]) => unknown
>;

/** The profile that is in force: the chosen one, else `AWS_PROFILE`; undefined when neither is. */
export function effectiveProfile(chosen: string | undefined): string | undefined {
  return [chosen, process.env["AWS_PROFILE"]].find(Boolean);
}

/**
 * Returns where credentials come from: the named profile alone, else the SDK's default chain.
 *
 * The chain answers every failure with "Could not load credentials from any providers". When it
 * fails and there is a default profile, that profile is asked once more for the real cause.
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export function credentialSource(
  profile: string | undefined,
  options: { files: AwsFiles; askMfaCode: AskMfaCode | undefined },
): CredentialSource {
  const { files, askMfaCode } = options;
  const init = { ignoreCache: true, ...(askMfaCode && { mfaCodeProvider: askMfaCode }) };
  if (profile !== undefined) {
    return fromIni({ ...init, profile });
  }
  const chain = fromNodeProviderChain(init);
  return async (properties) => {
    try {
      return await chain(properties);
    } catch (error) {
      if (!files.profiles.has("default")) throw error;
      checkRoles(files, "default");
      checkSsoSession(files, "default");
      return await fromIni({ ...init, profile: "default" })(properties);
    }
  };
}
