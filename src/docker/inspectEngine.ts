import type { EngineDetails } from "../core/enginePorts.js";
import { findBuildKitRefusal } from "./checkBuilder.js";
import { reasonAgainstBuildKit } from "./engineBuilders.js";
import type { EngineConnection } from "./engineConnection.js";
import { openBuildKit } from "./openBuildKit.js";

/** Looks whether builds get BuildKit. */
export async function inspectEngine(
  connection: EngineConnection,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<EngineDetails> {
  return { reasonAgainstBuildKit: await findReason(connection, environment, signal) };
}

async function findReason(
  connection: EngineConnection,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<string | undefined> {
  const against = await reasonAgainstBuildKit(connection, environment, signal);
  if (against !== undefined) return against;
  const buildkit = await openBuildKit(connection, () => undefined, signal);
  try {
    return buildkit.control ? undefined : await findBuildKitRefusal(buildkit, signal);
  } finally {
    buildkit.close();
  }
}
