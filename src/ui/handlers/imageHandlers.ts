import { commandIds } from "../commandIds.js";
import type { CommandPorts } from "../commandPorts.js";
import type { HandlersOf } from "../commandTargets.js";

/** Returns what the commands do that are about images of a repository. */
export function imageHandlers(ports: CommandPorts): HandlersOf<"image" | "images"> {
  const { explorer } = ports;
  const references = () => import("../commands/copyReference.js");
  return {
    [commandIds.copyImageUri]: async (target, title) => {
      await (await references()).copyImageUri(ports, title, target);
    },
    [commandIds.copyDigestUri]: async (target, title) => {
      await (await references()).copyDigestUri(ports, title, target);
    },
    [commandIds.loadMoreImages]: (target) => {
      explorer.ifLoaded((tree) => {
        if (target) tree.showMore(target.repositoryNode);
      });
    },
  };
}
