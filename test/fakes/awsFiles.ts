import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { vi } from "vitest";

/** AWS config and credentials files of their own, in force until they are removed. */
export interface AwsFiles {
  readonly config: string;
  readonly credentials: string;
  write(config: string, credentials?: string): void;
  remove(): void;
}

/**
 * Makes an empty folder for AWS files and points the environment at it, so that nothing of the
 * user's own AWS setup takes part.
 */
export function makeAwsFiles(): AwsFiles {
  const folder = mkdtempSync(path.join(tmpdir(), "ecr-aws-"));
  const config = path.join(folder, "config");
  const credentials = path.join(folder, "credentials");
  for (const name of Object.keys(process.env)) {
    if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
  }
  vi.stubEnv("AWS_CONFIG_FILE", config);
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", credentials);
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  // On Node 20 the SDK says that its versions of 2027 will want a newer one; VS Code has it.
  vi.stubEnv("AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED", "true");
  // SSO and login caches lie in the home folder, whatever the variables above say.
  vi.stubEnv("HOME", folder);
  vi.stubEnv("AWS_LOGIN_CACHE_DIRECTORY", path.join(folder, "login"));
  return {
    config,
    credentials,
    write(configText, credentialsText = "") {
      writeFileSync(config, configText);
      writeFileSync(credentials, credentialsText);
    },
    remove() {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
