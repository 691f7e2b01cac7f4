import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

/** Variables that make the SDK and the AWS CLI see the generated files and nothing else. */
export type AwsEnvironment = Readonly<Record<string, string | undefined>>;

/** The profile that the generated files have. */
export const localProfile = "local";

/** The region of that profile. */
export const localRegion = "eu-west-1";

/** The account that owns the local registry: an access key id of 12 digits names it there. */
export const localAccount = "123456789012";

/**
 * Writes AWS config files whose only profile, `local`, points ECR and STS to `origin`, and returns
 * the environment for processes that use them. The keys in them open nothing: the local ECR takes
 * any signature.
 */
export async function writeAwsConfig(folder: string, origin: string): Promise<AwsEnvironment> {
  await mkdir(folder, { recursive: true });
  const configFile = path.join(folder, "config");
  const credentialsFile = path.join(folder, "credentials");
  await writeFile(
    configFile,
    `[profile ${localProfile}]
region = ${localRegion}
services = local-ecr

[services local-ecr]
ecr =
  endpoint_url = ${origin}
sts =
  endpoint_url = ${origin}
`,
  );
  await writeFile(
    credentialsFile,
    `[${localProfile}]
aws_access_key_id = ${localAccount}
aws_secret_access_key = opens-nothing
`,
    { mode: 0o600 },
  );
  const own = Object.keys(process.env).filter((name) => name.startsWith("AWS_"));
  return {
    ...Object.fromEntries(own.map((name) => [name, undefined])),
    AWS_CONFIG_FILE: configFile,
    AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
    AWS_EC2_METADATA_DISABLED: "true",
  };
}
