import { commandIds } from "../commandIds.js";
import type { CommandPorts } from "../commandPorts.js";
import type { HandlersOf } from "../commandTargets.js";

/** Returns what the commands do that are about repositories. */
export function repositoryHandlers(ports: CommandPorts): HandlersOf<"repository"> {
  const { explorer } = ports;
  const references = () => import("../commands/copyReference.js");
  return {
    [commandIds.pushToRepository]: async (target, title) => {
      const { pushToRepository } = await import("../commands/pushToRepository.js");
      await pushToRepository(ports, title, target);
    },
    [commandIds.createRepository]: async (_, title) => {
      const { createRepository } = await import("../commands/createRepository.js");
      await createRepository(ports, title, () => {
        explorer.ifLoaded((tree) => {
          tree.refresh();
        });
      });
    },
    [commandIds.copyRepositoryUri]: async (target, title) => {
      await (await references()).copyRepositoryUri(ports, title, target);
    },
    [commandIds.copyPushCommands]: async (target, title) => {
      await (await references()).copyPushCommands(ports, title, target);
    },
  };
}
