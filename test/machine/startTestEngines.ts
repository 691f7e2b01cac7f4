import { importBaseImages } from "./baseImages.js";
import { engineKinds, usualEngine } from "./engineKinds.js";
import type { SystemPart } from "./installSystem.js";
import { NoPrivateEngine, startPrivateEngine, type PrivateEngine } from "./privateEngine.js";

/** An engine that tests run on. */
export interface NamedEngine {
  readonly name: string;
  /** Its address, as in `DOCKER_HOST`. */
  readonly host: string;
}

/** The engines of a run. */
export interface TestEngines {
  /** Each with the name of its kind: the usual one first, if it runs. */
  readonly running: readonly NamedEngine[];
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
  const running: NamedEngine[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(engines.map((engine) => engine.stop()));
  };
  try {
    for (const kind of engineKinds) {
      if (wanted === "the usual one" && kind !== usualEngine) {
        missing.set(kind.name, "ECR_TEST_ENGINES=one asks for the usual engine alone.");
        continue;
      }
      const reason = absent.get(kind.part);
      const engine = reason ?? (await startPrivateEngine(kind).catch(explain));
      if (typeof engine === "string") {
        missing.set(kind.name, engine);
        continue;
      }
      engines.push(engine);
      running.push({ name: kind.name, host: engine.host });
      if (!absent.has("base image")) await importBaseImages(engine.host);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { running, missing, stop };
}

function explain(error: unknown): string {
  if (!(error instanceof NoPrivateEngine)) throw error;
  console.log(error.message);
  return error.message;
}
