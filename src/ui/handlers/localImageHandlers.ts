import { commandIds } from "../commandIds.js";
import type { CommandPorts } from "../commandPorts.js";
import type { HandlersOf } from "../commandTargets.js";

/** Returns what the commands do that are about the engine's images. */
export function localImageHandlers(ports: CommandPorts): HandlersOf<"localImage" | "localImages"> {
  const { localImages } = ports;
  return {
    [commandIds.pushLocalImage]: async (target, title) => {
      const { pushLocalImage } = await import("../commands/pushLocalImage.js");
      await pushLocalImage(ports, title, target);
    },
    [commandIds.tagLocalImage]: async (target, title) => {
      const { tagLocalImage } = await import("../commands/tagLocalImage.js");
      await tagLocalImage(ports, title, target);
    },
    [commandIds.refreshLocalImages]: () => {
      localImages.refresh();
    },
  };
}
