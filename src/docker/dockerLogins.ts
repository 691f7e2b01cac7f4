import { readFile } from "node:fs/promises";
import path from "node:path";
import { canonicalHost } from "./baseImage.js";
import { dockerConfigFolder } from "./contextStore.js";
import { askCredentialHelper, type StoredLogin } from "./credentialHelper.js";
import { asRecord, asText } from "./untyped.js";

/** Docker Hub's key in the CLI's config, whichever of its hosts is asked. */
const HUB_KEY = "https://index.docker.io/v1/";

/** Returns the name under which the docker CLI and engines keep the login of a host. */
export function loginKey(host: string): string {
  return canonicalHost(host) === "docker.io" ? HUB_KEY : host;
}

type Fields = Readonly<Record<string, unknown>>;

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
  const fromVariable = given && findEntry(parseConfig(given, "DOCKER_AUTH_CONFIG"), key);
  if (fromVariable) return fromVariable;

  const config = await readConfig(dockerConfigFolder(environment, homeFolder));
  const helper =
    asText(asRecord(config["credHelpers"])?.[key]) || asText(config["credsStore"]) || undefined;
  if (helper) return askCredentialHelper(helper, key, environment);
  return findEntry(config, key);
}

async function readConfig(folder: string): Promise<Fields> {
  const file = path.join(folder, "config.json");
  try {
    return parseConfig(await readFile(file, "utf8"), file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw error;
  }
}

/** The parser's own message is left out: it quotes the text, which holds passwords. */
function parseConfig(json: string, name: string): Fields {
  let fields: Fields | undefined;
  try {
    fields = asRecord(JSON.parse(json));
  } catch {
    fields = undefined;
  }
  if (!fields) throw new Error(`${name} is not valid JSON`);
  return fields;
}

function findEntry(config: Fields, key: string): StoredLogin | undefined {
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

/** Older entries are whole addresses, such as `https://registry.example.com/v1/`. */
function hostOf(name: string): string {
  return name.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
}
