import { cancellation, EcrError } from "../core/errors.js";
import type { BuildKitConnection } from "./buildkit/buildkitConnection.js";
import { openEngineBuildKit } from "./buildkit/engineBuildKit.js";
import { findApiVersion } from "./engineBuilders.js";
import { connectionFailure, type EngineConnection } from "./engineConnection.js";

/** Opens the BuildKit of an engine; fails with a `docker-*` kind where the engine is gone. */
export async function openBuildKit(
  connection: EngineConnection,
  log: (line: string) => void,
  signal: AbortSignal,
): Promise<BuildKitConnection> {
  const { address } = connection;
  const apiVersion = (): Promise<string | undefined> => findApiVersion(connection, signal);
  try {
    return await openEngineBuildKit({ address, findApiVersion: apiVersion, log }, signal);
  } catch (error) {
    if (signal.aborted) throw cancellation();
    throw error instanceof EcrError ? error : connectionFailure(address, error, "build");
  }
}
