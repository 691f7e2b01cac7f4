import { EcrError } from "../core/errors.js";
import type { RegistryToken } from "../core/login/registryToken.js";
import type { EngineConnection } from "./engineConnection.js";
import { readManifest } from "./readManifest.js";
import { asRecord, asText } from "./untyped.js";

/** How long a registry may take to repeat its words. */
const TIMEOUT_MS = 10_000;
const REQUEST = /unexpected status from ([A-Z]+) request to (\S+): \d{3}/;
const REFUSED_MANIFEST = /(sha256:[0-9a-f]{64})"?: unexpected status/;
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * Repeats the request that a registry refused, and returns what it says; undefined where that can't
 * be had.
 *
 * Engines with the containerd image store quote the status of a refusal and not its words, up to
 * Docker Engine 28. The token goes to no host but its own, and in the clear to this machine only.
 * Words: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes
 */
export async function findRegistryWords(
  connection: EngineConnection,
  message: string,
  token: RegistryToken,
  signal: AbortSignal,
): Promise<string | undefined> {
  const [, method = "", address = ""] = REQUEST.exec(message) ?? [];
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || url.host !== token.host) return undefined;
  if (url.protocol !== "https:" && !LOOPBACK.test(url.hostname)) return undefined;
  try {
    const manifest = await findRefusedManifest(connection, method, url, message, signal);
    const login = Buffer.from(`${token.username}:${token.revealPassword()}`).toString("base64");
    const response = await fetch(url, {
      // The answer to HEAD has no words.
      method: method === "HEAD" ? "GET" : method,
      headers: { authorization: `Basic ${login}`, ...manifest?.headers },
      ...(manifest ? { body: manifest.text } : {}),
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    return readWords(response.ok ? "" : await response.text());
  } catch (error) {
    if (signal.aborted) throw error;
    if (error instanceof EcrError) throw error;
    // Whoever can't be asked says nothing; the engine's message is still there.
    return undefined;
  }
}

interface RefusedManifest {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function findRefusedManifest(
  connection: EngineConnection,
  method: string,
  url: URL,
  message: string,
  signal: AbortSignal,
): Promise<RefusedManifest | undefined> {
  if (method !== "PUT" || !url.pathname.includes("/manifests/")) return undefined;
  const digest = REFUSED_MANIFEST.exec(message)?.[1];
  const text = digest && (await readManifest(connection, digest, signal));
  if (!text) return undefined;
  const type = asText(asRecord(JSON.parse(text))?.["mediaType"]);
  return { text, headers: type === undefined ? {} : { "content-type": type } };
}

/** Puts an error answer into the words that engines make of it, such as `denied: no`. */
function readWords(body: string): string | undefined {
  if (!body.startsWith("{")) return undefined;
  const errors: unknown = asRecord(JSON.parse(body))?.["errors"];
  const first = asRecord(Array.isArray(errors) ? errors[0] : undefined);
  const [code, said] = [asText(first?.["code"]), asText(first?.["message"])];
  return code === undefined || !said
    ? undefined
    : `${code.toLowerCase().replaceAll("_", " ")}: ${said}`;
}
