import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { cacheFolder } from "./folders.js";
import { findProgram } from "./findProgram.js";
import { runCommand } from "./runCommand.js";

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

/**
 * Downloads Debian's docker.io, and of its dependencies what the system lacks, and unpacks them into
 * the cache folder. They aren't installed: the package would start a service, make
 * /var/run/docker.sock and change the machine's network rules.
 */
export async function unpackEngine(asRoot: readonly string[]): Promise<void> {
  const debs = path.join(cacheFolder, "engine-debs");
  const stage = path.join(cacheFolder, "engine-incomplete");
  await mkdir(path.join(debs, "partial"), { recursive: true });
  await rm(stage, { recursive: true, force: true });
  const line = [
    ...asRoot,
    "apt-get",
    ...["install", "--download-only", "--yes", "--no-install-recommends", "--quiet"],
    ...["-o", `Dir::Cache::archives=${debs}`, "-o", "APT::Sandbox::User=root"],
    "docker.io",
  ];
  await runCommand(line[0] ?? "apt-get", line.slice(1));
  for (const name of await readdir(debs)) {
    if (name.endsWith(".deb")) await runCommand("dpkg-deb", ["-x", path.join(debs, name), stage]);
  }
  await rename(stage, unpacked);
  const remove = [...asRoot, "rm", "-rf", debs];
  await runCommand(remove[0] ?? "rm", remove.slice(1));
}

function withFolders(folders: readonly string[]): Readonly<Record<string, string>> {
  const own = (process.env["PATH"] ?? "").split(path.delimiter);
  const system = ["/usr/local/sbin", "/usr/sbin", "/sbin"].filter((name) => !own.includes(name));
  return { PATH: [...folders, ...own, ...system].join(path.delimiter) };
}
