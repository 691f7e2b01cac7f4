import { isCancellation } from "../../core/errors.js";
import { connectFirst } from "../connectFirst.js";
import { listCandidates } from "../engineCandidates.js";
import { reasonAgainstBuildKit } from "../engineBuilders.js";

/** What finding the engine may know of the machine. */
export interface EngineMachine {
  /** Variables that choose the engine and its builder. */
  readonly environment: NodeJS.ProcessEnv;
  readonly homeFolder: string;
  readonly platform: NodeJS.Platform;
  /** Receives lines for the log; never a secret. */
  readonly log: (line: string) => void;
}

/**
 * Tells whether the engine that will build takes the whole context as an archive.
 *
 * While no engine answers, BuildKit is assumed: nearly all of them have it. Podman offers no
 * session, and names itself in its ping.
 * Source: https://docs.podman.io/en/latest/_static/api.html#tag/system-(compat)/operation/SystemPing
 */
export async function hasOnlyClassicBuilder(
  machine: EngineMachine,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const connection = await connectFirst(await listCandidates(machine), () => undefined, signal);
    if (await reasonAgainstBuildKit(connection, machine.environment, signal)) return true;
    const { headers, body } = await connection.send({ method: "GET", path: "/_ping" }, signal);
    body.destroy();
    return headers["libpod-api-version"] !== undefined;
  } catch (error) {
    if (isCancellation(error)) throw error;
    return false;
  }
}
