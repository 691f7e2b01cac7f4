import path from "node:path";
import { cancellation, EcrError } from "../core/errors.js";
import {
  dockerConfigFolder,
  readCurrentContext,
  readDockerContext,
  readTlsFiles,
} from "./contextStore.js";
import { parseEngineAddress, type EngineAddress, type TlsSettings } from "./engineAddress.js";
import { connectionFailure, EngineConnection } from "./engineConnection.js";
import { defaultEndpoint, knownSockets } from "./knownSockets.js";

/** The machine as the search sees it. */
export interface EngineSearch {
  readonly environment: NodeJS.ProcessEnv;
  readonly homeFolder: string;
  readonly platform: NodeJS.Platform;
  readonly log: (line: string) => void;
}

/** How long an engine may take to say that it is there. */
const PROBE_MS = { socket: 3_000, tcp: 8_000, ssh: 20_000 } as const;

/**
 * Finds an engine that answers, in the docker CLI's order, then at the sockets of known products.
 *
 * An engine that the user chose (`DOCKER_HOST` or a context) is never replaced by another one.
 * Fails with a `docker-*` kind. Order: https://docs.docker.com/engine/manage-resources/contexts/
 */
export async function findEngine(
  search: EngineSearch,
  signal: AbortSignal,
): Promise<EngineConnection> {
  const chosen = await chooseAddress(search);
  const first = chosen ?? defaultAddress(search);
  const addresses = chosen ? [first] : [first, ...knownAddresses(search)];
  const failures: EcrError[] = [];
  for (const address of addresses) {
    const connection = new EngineConnection(address);
    const failure = await probe(connection, signal);
    if (!failure) return connection;
    search.log(`docker: ${address.endpoint} (${address.chosenBy}): ${String(failure.cause)}`);
    failures.push(failure);
  }
  // A socket that exists but is closed to us is the better clue than those that do not exist.
  const denied = failures.find((error) => error.failure.kind === "docker-permission-denied");
  if (denied) throw denied;
  const tried = addresses.map((address) => address.endpoint);
  throw new EcrError(
    { kind: "docker-unavailable", endpoint: first.endpoint, tried },
    { cause: failures[0]?.cause },
  );
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

/** Asks an engine whether it is there; returns why not. */
async function probe(
  connection: EngineConnection,
  signal: AbortSignal,
): Promise<EcrError | undefined> {
  const { address } = connection;
  const limit = AbortSignal.timeout(PROBE_MS[address.transport.kind]);
  const unavailable = (cause: unknown): EcrError => {
    const { endpoint } = address;
    return new EcrError({ kind: "docker-unavailable", endpoint, tried: [endpoint] }, { cause });
  };
  try {
    const request = { method: "GET", path: "/_ping" } as const;
    const { status, body } = await connection.send(request, AbortSignal.any([signal, limit]));
    body.destroy();
    return status === 200 ? undefined : unavailable(new Error(`ping answered ${status}`));
  } catch (error) {
    if (signal.aborted) throw cancellation();
    if (limit.aborted) return unavailable(new Error("no answer in time"));
    const failure = connectionFailure(address, error, "ping");
    return failure.failure.kind === "docker-permission-denied" ? failure : unavailable(error);
  }
}
