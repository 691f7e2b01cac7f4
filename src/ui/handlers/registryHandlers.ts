import { registryKey, type RegistryLocation } from "../../core/registry.js";
import { commandIds } from "../commandIds.js";
import type { CommandPorts } from "../commandPorts.js";
import type { HandlersOf } from "../commandTargets.js";
import type { RegistryTreeNode } from "../explorer/registryNodes.js";

/** Returns what the commands do that are about registries. */
export function registryHandlers(ports: CommandPorts): HandlersOf<"registry"> {
  const { registries, explorer, shown } = ports;
  const readAgain = (isMeant: (location: RegistryLocation) => boolean): void => {
    // Whoever refreshes by hand may have signed in meanwhile.
    registries.forget(isMeant);
    explorer.ifLoaded((tree) => {
      tree.refreshWhere(isMeant);
    });
  };
  const listShown = async (): Promise<readonly RegistryLocation[]> => {
    const { chosen, added } = await shown.list();
    return chosen ? [chosen, ...added] : added;
  };
  return {
    [commandIds.chooseRegistry]: async (_, title) => {
      const { chooseRegistry } = await import("../commands/chooseRegistry.js");
      await chooseRegistry(ports, title);
    },
    [commandIds.addRegistry]: async (_, title) => {
      const { addRegistries } = await import("../commands/addRegistries.js");
      await addRegistries(ports, title);
    },
    [commandIds.removeRegistry]: async (target, title, selected) => {
      const { removeRegistry } = await import("../commands/removeRegistry.js");
      // The selection may hold rows of other kinds.
      const rows: readonly RegistryTreeNode[] =
        target && selected.length === 0 ? [target] : selected;
      const nodes = rows.filter((row) => row.kind === "registry");
      await removeRegistry(
        shown,
        title,
        nodes.map(({ location }) => location),
      );
    },
    [commandIds.refreshRegistry]: () => {
      readAgain(() => true);
    },
    [commandIds.readRegistryAgain]: async (target, title) => {
      const { askRegistry } = await import("../steps/askRegistry.js");
      const location = target?.location ?? (await askRegistry(await listShown(), title));
      const key = location && registryKey(location);
      if (key !== undefined) readAgain((other) => registryKey(other) === key);
    },
  };
}
