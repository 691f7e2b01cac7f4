import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { findPeerBuildx } from "../../../../machine/findPeerBuildx.js";
import { findProgram } from "../../../../machine/findProgram.js";

/**
 * Finds a program whose `build` builds with BuildKit at `DOCKER_HOST`: buildx, else a docker CLI
 * that has it, or that is older than 23.
 */
export async function findBuildKitCli(): Promise<string | undefined> {
  const buildx = findPeerBuildx();
  if (buildx !== undefined) return buildx;
  const run = promisify(execFile);
  for (const program of [findProgram("docker"), "/usr/bin/docker"]) {
    if (program === undefined) continue;
    try {
      const { stdout } = await run(program, ["--version"]);
      if (Number(/version (\d+)\./.exec(stdout)?.[1]) < 23) return program;
      await run(program, ["buildx", "version"]);
      return program;
    } catch {
      // Not there, or without the plugin.
    }
  }
  return undefined;
}
