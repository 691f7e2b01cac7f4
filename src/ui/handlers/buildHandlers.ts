import { commandIds } from "../commandIds.js";
import type { CommandPorts } from "../commandPorts.js";
import type { HandlersOf } from "../commandTargets.js";

/** Returns what the commands do that are about the Builds view. */
export function buildHandlers(ports: CommandPorts): HandlersOf<"build" | "builds"> {
  const builds = () => import("../commands/builds.js");
  return {
    [commandIds.cancelBuild]: async (target, title) => {
      await (await builds()).cancelBuild(ports.builds, title, target);
    },
    [commandIds.showBuildOutput]: async (target, title) => {
      await (await builds()).showBuildOutput(ports.builds, title, target);
    },
    [commandIds.runBuildAgain]: async (target, title) => {
      await (await builds()).runBuildAgain(ports.builds, title, target);
    },
    [commandIds.openBuildDockerfile]: async (target, title) => {
      await (await builds()).openBuildDockerfile(ports.builds, title, target);
    },
    [commandIds.copyBuildDigestUri]: async (target, title) => {
      await (await builds()).copyBuildDigestUri(ports.builds, title, target);
    },
    [commandIds.clearFinishedBuilds]: () => {
      ports.builds.clearFinished();
    },
  };
}
