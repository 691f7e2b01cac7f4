import { existsSync } from "node:fs";
import path from "node:path";
import { unpackFromRelease } from "./debianPackages.js";
import { findEngineFiles, type EngineFiles } from "./engineFiles.js";
import { cacheFolder } from "./folders.js";

/** Where the packages of Docker Engine 26.1 are unpacked; it may not exist. */
export const newerEngineFolder = path.join(cacheFolder, "docker-26.1");
const programs = [
  path.join(newerEngineFolder, "usr", "sbin"),
  path.join(newerEngineFolder, "usr", "bin"),
];

/**
 * Finds the programs of Docker Engine 26.1: the unpacked ones, with the machine's runc, on which
 * they run as well. Undefined when they, or any engine's files with a runc, aren't there.
 */
export function findNewerEngineFiles(): EngineFiles | undefined {
  const dockerd = path.join(newerEngineFolder, "usr", "sbin", "dockerd");
  const base = findEngineFiles();
  if (base === undefined || !existsSync(dockerd)) return undefined;
  const folders = [...programs, base.env["PATH"] ?? ""];
  return { dockerd, env: { ...base.env, PATH: folders.join(path.delimiter) } };
}

/**
 * Downloads Docker Engine 26.1 with its command line and buildx, the packages of Debian trixie, and
 * unpacks them into the cache folder. Programs of trixie run with the libraries of bookworm.
 */
export async function unpackNewerEngine(): Promise<void> {
  await unpackFromRelease(
    "trixie",
    ["docker.io", "containerd", "docker-cli", "docker-buildx"],
    newerEngineFolder,
  );
}
