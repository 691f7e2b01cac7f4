import path from "node:path";
import { EcrError } from "../core/errors.js";
import {
  dockerConfigFolder,
  readCurrentContext,
  readDockerContext,
  readTlsFiles,
} from "./contextStore.js";
import { parseEngineAddress, type EngineAddress, type TlsSettings } from "./engineAddress.js";
import { defaultEndpoint, knownSockets } from "./knownSockets.js";

/** The machine as the search for an engine sees it. */
export interface EngineSearch {
  readonly environment: NodeJS.ProcessEnv;
  readonly homeFolder: string;
  readonly platform: NodeJS.Platform;
  readonly log: (line: string) => void;
}

/**
 * Lists the addresses to try, in the docker CLI's order, then the sockets of known products.
 *
 * An engine that the user chose (`DOCKER_HOST` or a context) stands alone: nothing replaces it.
 * Fails with `docker-context-invalid`. Order:
 * https://docs.docker.com/engine/manage-resources/contexts/
 */
export async function listCandidates(
  search: EngineSearch,
): Promise<readonly [EngineAddress, ...EngineAddress[]]> {
  const chosen = await chooseAddress(search);
  return chosen ? [chosen] : [defaultAddress(search), ...knownAddresses(search)];
}

/** Returns the address that the user chose, or undefined where the default applies. */
async function chooseAddress(search: EngineSearch): Promise<EngineAddress | undefined> {
  const { environment, homeFolder, log } = search;
  const configFolder = dockerConfigFolder(environment, homeFolder);
  const host = environment["DOCKER_HOST"];
  if (host) {
    const source = { name: "DOCKER_HOST", chosenBy: "DOCKER_HOST", environment };
    const tls = await readEnvironmentTls(environment, configFolder);
    return parseEngineAddress({ ...source, endpoint: host, tls });
  }
  const named = environment["DOCKER_CONTEXT"];
  const name = named || (await readCurrentContext(configFolder, log));
  if (!name || name === "default") return undefined;
  const context = await readDockerContext(configFolder, name);
  const chosenBy = named ? `DOCKER_CONTEXT "${name}"` : `context "${name}"`;
  return parseEngineAddress({
    endpoint: context.host,
    chosenBy,
    name,
    tls: context.tls,
    environment,
  });
}

/** Reads TLS settings as the CLI does: https://docs.docker.com/reference/cli/docker/#environment-variables */
async function readEnvironmentTls(
  environment: NodeJS.ProcessEnv,
  configFolder: string,
): Promise<TlsSettings | undefined> {
  const verify = Boolean(environment["DOCKER_TLS_VERIFY"]);
  if (!verify && !environment["DOCKER_TLS"]) return undefined;
  const folder = environment["DOCKER_CERT_PATH"] || configFolder;
  const invalid = (reason: string, cause?: unknown): EcrError =>
    new EcrError({ kind: "docker-context-invalid", name: "DOCKER_CERT_PATH", reason }, { cause });
  let tls: TlsSettings;
  try {
    tls = await readTlsFiles(folder, verify);
  } catch (error) {
    throw invalid("its TLS files can't be read", error);
  }
  if (verify && !tls.ca) throw invalid(`there is no ${path.join(folder, "ca.pem")}`);
  return tls;
}

function defaultAddress({ platform, environment }: EngineSearch): EngineAddress {
  const endpoint = defaultEndpoint(platform);
  return parseEngineAddress({
    endpoint,
    chosenBy: "default",
    name: "default",
    tls: undefined,
    environment,
  });
}

function knownAddresses(search: EngineSearch): EngineAddress[] {
  const { platform, homeFolder, environment } = search;
  return knownSockets(platform, homeFolder, environment).map(({ product, endpoint }) =>
    parseEngineAddress({
      endpoint,
      chosenBy: `socket of ${product}`,
      name: product,
      tls: undefined,
      environment,
    }),
  );
}
