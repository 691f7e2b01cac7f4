import { commandIds } from "../commandIds.js";
import type { CommandPorts } from "../commandPorts.js";
import type { HandlersOf } from "../commandTargets.js";
import type { RegistryTreeNode, RepositoryNode } from "../explorer/registryNodes.js";
import { ruleHandlers } from "./ruleHandlers.js";
import { repositoryChangeHandlers } from "./repositoryChangeHandlers.js";

/** Returns what the commands do that are about repositories. */
export function repositoryHandlers(ports: CommandPorts): HandlersOf<"repository"> {
  const { explorer } = ports;
  const references = () => import("../commands/copyReference.js");
  const pin = async (
    target: RepositoryNode | undefined,
    title: string,
    selected: readonly RepositoryNode[],
    isPinned: boolean,
  ): Promise<void> => {
    const { pinRepositories } = await import("../commands/pinRepositories.js");
    const { arrangement } = await explorer.tree();
    // The selection may hold rows of other kinds.
    const rows: readonly RegistryTreeNode[] = target && selected.length === 0 ? [target] : selected;
    const nodes = rows.filter((row) => row.kind === "repository");
    await pinRepositories(ports, arrangement, title, nodes, isPinned);
  };
  return {
    [commandIds.pinRepository]: (target, title, selected) => pin(target, title, selected, true),
    [commandIds.unpinRepository]: (target, title, selected) => pin(target, title, selected, false),
    ...ruleHandlers(ports),
    ...repositoryChangeHandlers(ports),
    [commandIds.pushToRepository]: async (target, title) => {
      const { pushToRepository } = await import("../commands/pushToRepository.js");
      await pushToRepository(ports, title, target);
    },
    [commandIds.copyRepositoryUri]: async (target, title, selected) => {
      await (await references()).copyRepositoryUri(ports, title, target, selected);
    },
    [commandIds.copyPushCommands]: async (target, title) => {
      await (await references()).copyPushCommands(ports, title, target);
    },
  };
}
