import { commandIds } from "../commandIds.js";
import type { CommandPorts } from "../commandPorts.js";
import type { HandlersOf } from "../commandTargets.js";

/** Returns what the commands do that are about registries. */
export function registryHandlers(ports: CommandPorts): HandlersOf<"registry"> {
  const { registries, explorer } = ports;
  return {
    [commandIds.chooseRegistry]: async (_, title) => {
      const { chooseRegistry } = await import("../commands/chooseRegistry.js");
      await chooseRegistry(ports, title);
    },
    [commandIds.refreshRegistry]: () => {
      // Whoever refreshes by hand may have signed in meanwhile.
      registries.forgetAll();
      explorer.ifLoaded((tree) => {
        tree.refresh();
      });
    },
  };
}
