import { commandIds } from "../commandIds.js";
import type { CommandPorts } from "../commandPorts.js";
import type { HandlersOf } from "../commandTargets.js";
import { imageChangeHandlers } from "./imageChangeHandlers.js";

/** Returns what the commands do that are about images of a repository. */
export function imageHandlers(ports: CommandPorts): HandlersOf<"image" | "images"> {
  const { explorer } = ports;
  const references = () => import("../commands/copyReference.js");
  const details = () => import("../commands/imageDetails.js");
  return {
    ...imageChangeHandlers(ports),
    [commandIds.copyImageUri]: async (target, title, selected) => {
      await (await references()).copyImageUri(ports, title, target, selected);
    },
    [commandIds.copyDigestUri]: async (target, title) => {
      await (await references()).copyDigestUri(ports, title, target);
    },
    [commandIds.showImageDetails]: async (target, title) => {
      await (await details()).showDetails(ports, title, target);
    },
    [commandIds.compareImages]: async (target, title, selected) => {
      await (await details()).compareImages(ports, title, target, selected);
    },
    [commandIds.showManifest]: async (target, title) => {
      await (await details()).showDocument(ports, "manifest", title, target);
    },
    [commandIds.showConfig]: async (target, title) => {
      await (await details()).showDocument(ports, "config", title, target);
    },
    [commandIds.pullImage]: async (target, title, selected) => {
      const { pullFromEcr } = await import("../commands/pullImage.js");
      await pullFromEcr(ports, title, target, selected);
    },
    [commandIds.loadMoreImages]: (target) => {
      explorer.ifLoaded((tree) => {
        if (target) tree.images.showMore(target.repositoryNode);
      });
    },
    [commandIds.stopReadingImages]: (target) => {
      explorer.ifLoaded((tree) => {
        if (target) tree.images.of(target.repositoryNode)?.stopReading();
      });
    },
    [commandIds.sortImages]: async (target, title) => {
      const { sortImages } = await import("../commands/arrangeImages.js");
      await sortImages(ports, title, target);
    },
    [commandIds.filterImages]: async (target, title) => {
      const { filterImages } = await import("../commands/arrangeImages.js");
      await filterImages(ports, title, target);
    },
    [commandIds.clearImageFilter]: async (target, title) => {
      const { clearImageFilter } = await import("../commands/arrangeImages.js");
      await clearImageFilter(ports, title, target);
    },
    [commandIds.refreshImages]: async (target, title) => {
      const { refreshImages } = await import("../commands/arrangeImages.js");
      await refreshImages(ports, title, target);
    },
    [commandIds.findImage]: async (_, title) => {
      const { findImage } = await import("../commands/findImage.js");
      await findImage(ports, title);
    },
  };
}
