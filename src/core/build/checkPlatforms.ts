import { EcrError } from "../errors.js";
import type { EngineDescription } from "../enginePorts.js";

/** Throws `platforms-unsupported` for several platforms where the engine can build but one. */
export function checkPlatforms(platforms: readonly string[], engine: EngineDescription): void {
  const { reasonAgainstDirectPush: reason, imageStore } = engine;
  if (platforms.length < 2 || reason === undefined) return;
  throw new EcrError({ kind: "platforms-unsupported", platforms, reason, imageStore });
}
