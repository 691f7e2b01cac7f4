import { commandIds } from "../commandIds.js";
import type { CommandPorts } from "../commandPorts.js";
import type { HandlersOf } from "../commandTargets.js";

/** Returns what the commands do that are about Dockerfiles: building and pushing them. */
export function dockerfileHandlers(ports: CommandPorts): HandlersOf<"dockerfile"> {
  return {
    [commandIds.pushDockerfile]: async (target, title) => {
      const { pushDockerfile } = await import("../commands/pushDockerfile.js");
      await pushDockerfile(ports, title, target);
    },
    [commandIds.pushDockerfileAgain]: async (target, title) => {
      const { pushDockerfileAgain } = await import("../commands/pushDockerfileAgain.js");
      await pushDockerfileAgain(ports, title, target);
    },
    [commandIds.pushDockerfileWithOptions]: async (target, title) => {
      const { pushWithOptions } = await import("../commands/pushWithOptions.js");
      await pushWithOptions(ports, title, target);
    },
    [commandIds.buildDockerfileWithOptions]: async (target, title) => {
      const { buildWithOptions } = await import("../commands/buildWithOptions.js");
      await buildWithOptions(ports, title, target);
    },
    [commandIds.buildDockerfile]: async (target, title) => {
      const { buildDockerfile } = await import("../commands/buildDockerfile.js");
      await buildDockerfile(ports, title, target);
    },
  };
}
