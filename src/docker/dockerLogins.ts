import path from "node:path";
import { canonicalHost } from "./baseImage.js";
import { dockerConfigFolder } from "./contextStore.js";
import { askCredentialHelper, type StoredLogin } from "./credentialHelper.js";
import { type DockerConfig, parseDockerConfig, readDockerConfig } from "./dockerConfig.js";
import { asRecord, asText } from "./untyped.js";

/** Docker Hub's key in the CLI's config, whichever of its hosts is asked. */
const HUB_KEY = "https://index.docker.io/v1/";

/** Returns the name under which the docker CLI and engines keep the login of a host. */
export function loginKey(host: string): string {
  return canonicalHost(host) === "docker.io" ? HUB_KEY : host;
}

/**
 * Finds the login that `docker login` left for a registry host; undefined where there is none.
 *
 * `DOCKER_AUTH_CONFIG` comes first, then `config.json`: the host's own helper, the common store,
 * the file's own entry. Fails when a helper does, or when the file can't be read.
 * Sources: https://docs.docker.com/reference/cli/docker/login/#credential-stores,
 * https://github.com/docker/cli/blob/master/cli/config/configfile/file.go
 */
export async function findDockerLogin(
  host: string,
  environment: NodeJS.ProcessEnv,
  homeFolder: string,
): Promise<StoredLogin | undefined> {
  const key = loginKey(host);
  const given = environment["DOCKER_AUTH_CONFIG"];
  const fromVariable = given && findEntry(parseDockerConfig(given, "DOCKER_AUTH_CONFIG"), key);
  if (fromVariable) return fromVariable;

  const { config } = await readDockerConfig(dockerConfigFile(environment, homeFolder));
  const helper = helperFor(config, key);
  if (helper) return askCredentialHelper(helper, key, environment);
  return findEntry(config, key);
}

/** The docker command's config file. */
export function dockerConfigFile(environment: NodeJS.ProcessEnv, homeFolder: string): string {
  return path.join(dockerConfigFolder(environment, homeFolder), "config.json");
}

/**
 * Names the helper that keeps a host's login; undefined where that is the file itself.
 *
 * An empty name for a host means the file, whatever keeps the others:
 * https://github.com/docker/cli/blob/master/cli/config/configfile/file.go
 */
export function helperFor(config: DockerConfig, key: string): string | undefined {
  const own = asText(asRecord(config["credHelpers"])?.[key]);
  return (own ?? asText(config["credsStore"])) || undefined;
}

/** Finds the file's own entry for a host: the exact name goes before older whole addresses. */
export function findEntry(config: DockerConfig, key: string): StoredLogin | undefined {
  const entries = Object.entries(asRecord(config["auths"]) ?? {});
  const [, entry] =
    entries.find(([name]) => name === key) ??
    entries.find(([name]) => hostOf(name) === hostOf(key)) ??
    [];
  const fields = asRecord(entry);
  if (!fields) return undefined;
  const token = asText(fields["identitytoken"]);
  if (token) return { username: "", password: token };
  const encoded = asText(fields["auth"]);
  const [username, ...rest] = encoded
    ? Buffer.from(encoded, "base64").toString("utf8").split(":")
    : [asText(fields["username"]) ?? "", asText(fields["password"]) ?? ""];
  const password = rest.join(":").replace(/\0+$/, "");
  return username && password ? { username, password } : undefined;
}

/** The host that an entry is for; older ones are whole addresses, as `https://host/v1/`. */
export function hostOf(name: string): string {
  return name.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
}
