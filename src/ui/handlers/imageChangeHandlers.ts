import type { CopyForm } from "../../core/images/copyForms.js";
import { commandIds } from "../commandIds.js";
import type { CommandPorts } from "../commandPorts.js";
import type { CommandHandlers } from "../commandTargets.js";
import { changePorts } from "../manage/changePorts.js";

/** The commands that change an image, or name it elsewhere. */
type ImageChanges = Pick<
  CommandHandlers,
  | "ecr.image.tag"
  | "ecr.image.untag"
  | "ecr.image.delete"
  | "ecr.image.archive"
  | "ecr.image.restore"
  | "ecr.image.scan"
  | "ecr.image.copyAs"
  | "ecr.image.copyPullCommand"
  | "ecr.image.copyFromLine"
  | "ecr.image.copyKubernetesLine"
  | "ecr.image.copyEcsImage"
  | "ecr.image.copyTerraformImage"
  | "ecr.image.copyDigest"
  | "ecr.image.openConsole"
>;

/** Returns what the commands do that change an image, or name it elsewhere. */
export function imageChangeHandlers(ports: CommandPorts): ImageChanges {
  const changes = changePorts(ports);
  const copy =
    (form: CopyForm): CommandHandlers["ecr.image.copyDigest"] =>
    async (target, title) => {
      const { copyImageForm } = await import("../commands/copyImageAs.js");
      await copyImageForm(ports, title, target, form);
    };
  const move =
    (to: "archive" | "standard"): CommandHandlers["ecr.image.archive"] =>
    async (target, title, selected) => {
      const { moveImages } = await import("../commands/archiveImages.js");
      await moveImages(changes, title, to, target, selected);
    };
  return {
    [commandIds.tagImage]: async (target, title) => {
      const { tagImage } = await import("../commands/tagImage.js");
      await tagImage(changes, title, target);
    },
    [commandIds.untagImage]: async (target, title) => {
      const { untagImage } = await import("../commands/untagImage.js");
      await untagImage(changes, title, target);
    },
    [commandIds.deleteImage]: async (target, title, selected) => {
      const { deleteImages } = await import("../commands/deleteImages.js");
      await deleteImages(changes, title, target, selected);
    },
    [commandIds.archiveImage]: move("archive"),
    [commandIds.restoreImage]: move("standard"),
    [commandIds.scanImage]: async (target, title) => {
      const { scanImage } = await import("../commands/scanImage.js");
      await scanImage(changes, title, target);
    },
    [commandIds.copyImageAs]: async (target, title) => {
      const { copyImageAs } = await import("../commands/copyImageAs.js");
      await copyImageAs(ports, title, target);
    },
    [commandIds.copyPullCommand]: copy("docker-pull"),
    [commandIds.copyFromLine]: copy("from"),
    [commandIds.copyKubernetesLine]: copy("kubernetes"),
    [commandIds.copyEcsImage]: copy("ecs"),
    [commandIds.copyTerraformImage]: copy("terraform"),
    [commandIds.copyImageDigest]: copy("digest"),
    [commandIds.openImageConsole]: async (target, title) => {
      const { openImageConsole } = await import("../commands/openConsole.js");
      await openImageConsole(ports, title, target);
    },
  };
}
