import { cancellation, EcrError } from "../core/errors.js";
import { connectionFailure, type EngineConnection } from "./engineConnection.js";
import { asText } from "./untyped.js";

/** How long an engine that lives may take to say so. */
const ANSWER_MS = 5_000;

/**
 * Returns why a build should not even try BuildKit, or undefined.
 *
 * `DOCKER_BUILDKIT=0` is the user's choice, as for the docker CLI; the engine's own is in its ping.
 * Source: https://docs.docker.com/reference/api/engine/version/v1.41/#tag/System/operation/SystemPing
 */
export async function reasonAgainstBuildKit(
  connection: EngineConnection,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<string | undefined> {
  const wish = environment["DOCKER_BUILDKIT"];
  if (wish === "0" || wish === "false") return `DOCKER_BUILDKIT is ${wish}`;
  const { headers, body } = await ping(connection, signal);
  body.destroy();
  if (headers["ostype"] === "windows") return "the engine runs Windows containers";
  // Engines of 20.10 tell no version here and have BuildKit all the same.
  if (headers["builder-version"] === "1") return "the engine asks for it";
  return undefined;
}

/** Returns the newest API that an engine has, such as `1.41`; undefined where it does not tell. */
export async function findApiVersion(
  connection: EngineConnection,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { headers, body } = await ping(connection, signal);
  body.destroy();
  return asText(headers["api-version"]);
}

/**
 * Tells whether an engine is Podman.
 *
 * Source: https://docs.podman.io/en/latest/_static/api.html#tag/system-(compat)/operation/SystemPing
 */
export async function isPodman(
  connection: EngineConnection,
  signal: AbortSignal,
): Promise<boolean> {
  const { headers, body } = await ping(connection, signal);
  body.destroy();
  return headers["libpod-api-version"] !== undefined;
}

/** Tells whether an engine still answers. */
export async function isAnswering(
  connection: EngineConnection,
  signal: AbortSignal,
): Promise<boolean> {
  const limit = AbortSignal.timeout(ANSWER_MS);
  try {
    const { body } = await ping(connection, AbortSignal.any([signal, limit]));
    body.destroy();
    return true;
  } catch {
    if (signal.aborted) throw cancellation();
    return false;
  }
}

/** Tells whether an engine runs without its bridge network, as `--bridge=none` makes it. */
export async function hasNoBridge(
  connection: EngineConnection,
  signal: AbortSignal,
): Promise<boolean> {
  const request = { method: "GET", path: "/networks/bridge" } as const;
  return (await connection.fetchJson(request, signal)).status === 404;
}

async function ping(
  connection: EngineConnection,
  signal: AbortSignal,
): ReturnType<EngineConnection["send"]> {
  try {
    return await connection.send({ method: "GET", path: "/_ping" }, signal);
  } catch (error) {
    if (signal.aborted) throw cancellation();
    if (error instanceof EcrError) throw error;
    throw connectionFailure(connection.address, error, "ping");
  }
}
