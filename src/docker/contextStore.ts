import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { EcrError } from "../core/errors.js";
import type { TlsSettings } from "./engineAddress.js";
import { asRecord, asText } from "./untyped.js";

/** The engine that a docker context names. */
export interface DockerContext {
  readonly host: string;
  readonly tls: TlsSettings | undefined;
}

/** Where the docker CLI keeps its settings: `$DOCKER_CONFIG`, else `~/.docker`. */
export function dockerConfigFolder(environment: NodeJS.ProcessEnv, homeFolder: string): string {
  return environment["DOCKER_CONFIG"] || path.join(homeFolder, ".docker");
}

/** Returns `currentContext` of the CLI's `config.json`, or undefined; says why in the log. */
export async function readCurrentContext(
  configFolder: string,
  log: (line: string) => void,
): Promise<string | undefined> {
  const file = path.join(configFolder, "config.json");
  try {
    const text = await readFile(file, "utf8");
    return asText(asRecord(JSON.parse(text))?.["currentContext"]) || undefined;
  } catch (error) {
    // The CLI warns and goes on with its defaults, so the same engine is found here.
    if (!isMissing(error)) log(`docker config ignored: ${file}: ${String(error)}`);
    return undefined;
  }
}

/**
 * Reads a context from the CLI's store, or throws `docker-context-invalid`.
 *
 * Source: https://github.com/docker/cli/blob/master/cli/context/store/doc.go
 */
export async function readDockerContext(
  configFolder: string,
  name: string,
): Promise<DockerContext> {
  const id = createHash("sha256").update(name).digest("hex");
  const invalid = (reason: string, cause?: unknown): EcrError =>
    new EcrError({ kind: "docker-context-invalid", name, reason }, { cause });

  let meta: unknown;
  try {
    const file = path.join(configFolder, "contexts", "meta", id, "meta.json");
    meta = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw invalid(isMissing(error) ? "there is no such context" : "it can't be read", error);
  }
  const endpoint = asRecord(asRecord(asRecord(meta)?.["Endpoints"])?.["docker"]);
  const host = asText(endpoint?.["Host"]);
  if (!host) throw invalid("it names no Docker endpoint");
  const skipVerify = endpoint?.["SkipTLSVerify"] === true;
  try {
    const tlsFolder = path.join(configFolder, "contexts", "tls", id, "docker");
    const tls = await readTlsFiles(tlsFolder, !skipVerify);
    return { host, tls: tls.ca || tls.cert || tls.key || skipVerify ? tls : undefined };
  } catch (error) {
    throw invalid("its TLS files can't be read", error);
  }
}

/** Reads `ca.pem`, `cert.pem` and `key.pem` of a folder, each where it is there. */
export async function readTlsFiles(folder: string, verify: boolean): Promise<TlsSettings> {
  const [ca, cert, key] = await Promise.all(
    ["ca.pem", "cert.pem", "key.pem"].map((file) => tryReadFile(path.join(folder, file))),
  );
  return { ca, cert, key, verify };
}

async function tryReadFile(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
