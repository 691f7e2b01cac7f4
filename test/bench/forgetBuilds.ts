import { openEngine } from "../machine/engineApi.js";
import type { BenchRun } from "./benchRun.js";

/**
 * Removes images of an engine by name or id, and what its BuildKit keeps where the engine is the
 * run's own; on somebody's engine BuildKit removes it itself when its disk fills up.
 */
export async function forgetBuilds(
  run: BenchRun,
  host: string,
  images: Iterable<string>,
): Promise<void> {
  const engine = openEngine(host);
  for (const image of images) await engine.getImage(image).remove({ force: true });
  if (run.ownsEngines) await engine.pruneBuilder();
}
