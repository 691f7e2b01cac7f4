import { registryKey } from "../../core/registry.js";
import { type AskNodePorts, askRepositoryNode } from "../askNode.js";
import type { RepositoryArrangement } from "../explorer/repositoryArrangement.js";
import type { RepositoryNode } from "../explorer/registryNodes.js";

/** *Pin* and *Unpin*: keeps repositories at the top of their registry, or no longer. */
export async function pinRepositories(
  ports: AskNodePorts,
  arrangement: RepositoryArrangement,
  title: string,
  targets: readonly RepositoryNode[],
  isPinned: boolean,
): Promise<void> {
  const asked = targets.length > 0 ? undefined : await askRepositoryNode(ports, title);
  const nodes = asked ? [asked] : targets;
  const locations = new Map(nodes.map(({ location }) => [registryKey(location), location]));
  for (const [key, location] of locations) {
    const own = nodes.filter((node) => registryKey(node.location) === key);
    const names = own.map(({ repository }) => repository.name);
    await arrangement.setPinned(location, names, isPinned);
  }
}
