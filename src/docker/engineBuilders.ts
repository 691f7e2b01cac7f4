import { cancellation, EcrError } from "../core/errors.js";
import { connectionFailure, type EngineConnection } from "./engineConnection.js";

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
