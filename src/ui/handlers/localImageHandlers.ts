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
    [commandIds.checkLocalImage]: async (target, title) => {
      const { checkInEcr } = await import("../commands/checkInEcr.js");
      await checkInEcr(ports, title, target);
    },
    [commandIds.copyLocalName]: async (target, title) => {
      const { copyLocalName } = await import("../commands/copyLocalName.js");
      await copyLocalName(ports.engine, title, target);
    },
    [commandIds.removeLocalImages]: async (target, title, selected) => {
      const { removeLocalImages } = await import("../commands/removeLocalImages.js");
      await removeLocalImages(ports, title, target, selected);
    },
    [commandIds.removeDanglingImages]: async (_, title) => {
      const { removeDanglingImages } = await import("../commands/removeLocalImages.js");
      await removeDanglingImages(ports, title);
    },
    [commandIds.refreshLocalImages]: () => {
      localImages.refresh();
    },
  };
}
