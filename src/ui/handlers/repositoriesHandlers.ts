import { commandIds } from "../commandIds.js";
import type { CommandPorts } from "../commandPorts.js";
import type { HandlersOf } from "../commandTargets.js";

/** Returns what the commands do that are about how repositories stand in the sidebar. */
export function repositoriesHandlers({ explorer }: CommandPorts): HandlersOf<"repositories"> {
  const group = async (isGrouped: boolean): Promise<void> => {
    await (await explorer.tree()).arrangement.setGrouped(isGrouped);
  };
  return {
    [commandIds.filterRepositories]: async (_, title) => {
      const { filterRepositories } = await import("../commands/filterRepositories.js");
      await filterRepositories(explorer, title);
    },
    [commandIds.clearRepositoryFilter]: async () => {
      (await explorer.tree()).arrangement.setFilter("");
    },
    [commandIds.groupRepositories]: () => group(true),
    [commandIds.flattenRepositories]: () => group(false),
    [commandIds.loadMoreRepositories]: (target) => {
      if (!target) return;
      explorer.ifLoaded((tree) => {
        tree.showMoreRepositories(target);
      });
    },
  };
}
