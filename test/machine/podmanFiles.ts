import { existsSync } from "node:fs";
import path from "node:path";
import { unpackWithDependencies } from "./debianPackages.js";
import { cacheFolder } from "./folders.js";
import { findProgram } from "./findProgram.js";
import { unpackedVariables } from "./unpackedVariables.js";

/** Where the programs and files of Podman are. */
export interface PodmanFiles {
  readonly podman: string;
  readonly conmon: string;
  /** An OCI runtime, its name first: `runc` or `crun`. */
  readonly runtime: readonly [name: string, file: string];
  /** The system calls that containers may make. */
  readonly seccompProfile: string;
  /** Variables that let Podman find its libraries. */
  readonly env: Readonly<Record<string, string>>;
}

const unpacked = path.join(cacheFolder, "podman");

/** Finds Podman: the machine's own with all that it needs, else the unpacked one. */
export function findPodmanFiles(): PodmanFiles | undefined {
  return filesBelow(undefined) ?? filesBelow(unpacked);
}

/** Downloads Debian's Podman and unpacks it into the cache folder, with what the system lacks. */
export async function unpackPodman(asRoot: readonly string[]): Promise<void> {
  await unpackWithDependencies(["podman", "runc"], unpacked, asRoot);
}

function filesBelow(folder: string | undefined): PodmanFiles | undefined {
  const find = (name: string): string | undefined =>
    ["usr/bin", "usr/sbin"]
      .map((programs) => path.join(folder ?? "/", programs, name))
      .find(existsSync) ?? findProgram(name);
  const [podman, conmon, crun, runc] = ["podman", "conmon", "crun", "runc"].map(find);
  const seccompProfile = path.join(folder ?? "/", "usr/share/containers/seccomp.json");
  const runtime = crun === undefined ? (["runc", runc ?? ""] as const) : (["crun", crun] as const);
  if (podman === undefined || conmon === undefined || runtime[1] === "") return undefined;
  if (!existsSync(seccompProfile)) return undefined;
  return { podman, conmon, runtime, seccompProfile, env: unpackedVariables(folder) };
}
