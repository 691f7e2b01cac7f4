import { dockerdCommand, type ImageStore } from "./dockerdCommand.js";
import { findEngineFiles, type EngineFiles } from "./engineFiles.js";
import type { SystemPart } from "./installSystem.js";
import { findNewerEngineFiles } from "./newerEngineFiles.js";
import { podmanCommand } from "./podmanCommand.js";
import { findPodmanFiles } from "./podmanFiles.js";

/** A kind of engine that can be started for tests. */
export interface EngineKind {
  /** For people and for the name of its log. */
  readonly name: string;
  /** What of the system it needs. */
  readonly part: SystemPart;
  /** Storage drivers to try in turn: not every file system takes the first, and the last is slow. */
  readonly storageDrivers: readonly string[];
  /**
   * Writes its settings into a folder and returns the command that serves on a socket there;
   * undefined when its programs aren't on this machine.
   */
  command(
    folder: string,
    socket: string,
    storageDriver: string,
  ): Promise<readonly string[] | undefined>;
}

/** The machine's own Docker Engine, else that of its Debian release: 20.10 on bookworm. */
export const usualEngine = docker("engine", "engine", findEngineFiles, "classic");

/** Docker 26.1 with the containerd image store, where a build can push what it makes. */
export const containerdEngine: EngineKind = docker(
  "docker-26.1-containerd",
  "Docker 26.1",
  findNewerEngineFiles,
  "containerd",
);

/** The engines that every engine test runs on; the first is also the one of all other tests. */
export const engineKinds: readonly EngineKind[] = [
  usualEngine,
  docker("docker-26.1", "Docker 26.1", findNewerEngineFiles, "classic"),
  containerdEngine,
  podman("podman", "Podman"),
];

function docker(
  name: string,
  part: SystemPart,
  find: () => EngineFiles | undefined,
  store: ImageStore,
): EngineKind {
  // They don't work on top of another overlay, as inside a container.
  const storageDrivers = store === "classic" ? ["overlay2", "vfs"] : ["overlayfs", "native"];
  return {
    name,
    part,
    storageDrivers,
    command: async (...where) => {
      const files = find();
      return files && dockerdCommand(files, store, ...where);
    },
  };
}

function podman(name: string, part: SystemPart): EngineKind {
  return {
    name,
    part,
    storageDrivers: ["overlay", "vfs"],
    command: async (...where) => {
      const files = findPodmanFiles();
      return files && podmanCommand(files, ...where);
    },
  };
}
