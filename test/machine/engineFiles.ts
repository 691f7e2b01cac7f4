import { existsSync } from "node:fs";
import path from "node:path";
import { unpackWithDependencies } from "./debianPackages.js";
import { cacheFolder } from "./folders.js";
import { findProgram } from "./findProgram.js";
import { unpackedVariables } from "./unpackedVariables.js";

/** Where the programs of a Docker Engine are. */
export interface EngineFiles {
  readonly dockerd: string;
  /** Variables that let dockerd find containerd, runc and their libraries. */
  readonly env: Readonly<Record<string, string>>;
}

const unpacked = path.join(cacheFolder, "engine");

/** The folder of unpacked programs that tests call, as the docker CLI; it may not exist. */
export const unpackedPrograms = path.join(unpacked, "usr", "bin");

/** Finds the engine's programs: those of the system, else the unpacked ones; undefined without. */
export function findEngineFiles(): EngineFiles | undefined {
  const installed = findProgram("dockerd");
  if (installed !== undefined) return { dockerd: installed, env: unpackedVariables() };
  const dockerd = path.join(unpacked, "usr", "sbin", "dockerd");
  return existsSync(dockerd) ? { dockerd, env: unpackedVariables(unpacked) } : undefined;
}

/** Downloads Debian's docker.io and unpacks it into the cache folder, with what the system lacks. */
export async function unpackEngine(asRoot: readonly string[]): Promise<void> {
  await unpackWithDependencies(["docker.io"], unpacked, asRoot);
}
