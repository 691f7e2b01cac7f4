import { existsSync } from "node:fs";
import path from "node:path";
import { unpackWithDependencies } from "./debianPackages.js";
import { cacheFolder } from "./folders.js";
import { findProgram } from "./findProgram.js";

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
  if (installed !== undefined) return { dockerd: installed, env: withFolders([]) };
  const dockerd = path.join(unpacked, "usr", "sbin", "dockerd");
  if (!existsSync(dockerd)) return undefined;
  const library = `${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu`;
  return {
    dockerd,
    env: {
      ...withFolders([path.join(unpacked, "usr", "sbin"), unpackedPrograms]),
      LD_LIBRARY_PATH: [
        path.join(unpacked, "usr", "lib", library),
        path.join(unpacked, "lib", library),
      ].join(path.delimiter),
    },
  };
}

/** Downloads Debian's docker.io and unpacks it into the cache folder, with what the system lacks. */
export async function unpackEngine(asRoot: readonly string[]): Promise<void> {
  await unpackWithDependencies(["docker.io"], unpacked, asRoot);
}

function withFolders(folders: readonly string[]): Readonly<Record<string, string>> {
  const own = (process.env["PATH"] ?? "").split(path.delimiter);
  const system = ["/usr/local/sbin", "/usr/sbin", "/sbin"].filter((name) => !own.includes(name));
  return { PATH: [...folders, ...own, ...system].join(path.delimiter) };
}
