import { importBaseImages } from "./baseImages.js";
import { engineKinds, usualEngine } from "./engineKinds.js";
import type { SystemPart } from "./installSystem.js";
import { NoPrivateEngine, startPrivateEngine, type PrivateEngine } from "./privateEngine.js";

/** The engines of a run. */
export interface TestEngines {
  /** Addresses, as in `DOCKER_HOST`: the usual engine first, if it runs. */
  readonly hosts: readonly string[];
  /** Why a kind of engine can't run here, by its name. */
  readonly missing: ReadonlyMap<string, string>;
  /** Stops and removes all of them. */
  stop(): Promise<void>;
}

/**
 * Starts a private engine of each kind that this machine can have, or of the usual kind alone, and
 * gives each the base image. `absent` says which parts of the system aren't there, and why.
 */
export async function startTestEngines(
  wanted: "all kinds" | "the usual one",
  absent: ReadonlyMap<SystemPart, string>,
): Promise<TestEngines> {
  const missing = new Map<string, string>();
  const engines: PrivateEngine[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(engines.map((engine) => engine.stop()));
  };
  try {
    for (const kind of engineKinds) {
      if (wanted === "the usual one" && kind !== usualEngine) {
        missing.set(kind.name, "ECR_TEST_ENGINES=all was not asked for.");
        continue;
      }
      const reason = absent.get(kind.part);
      const engine = reason ?? (await startPrivateEngine(kind).catch(explain));
      if (typeof engine === "string") {
        missing.set(kind.name, engine);
        continue;
      }
      engines.push(engine);
      if (!absent.has("base image")) await importBaseImages(engine.host);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { hosts: engines.map(({ host }) => host), missing, stop };
}

function explain(error: unknown): string {
  if (!(error instanceof NoPrivateEngine)) throw error;
  console.log(error.message);
  return error.message;
}
