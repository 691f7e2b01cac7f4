import type { LocalContainer } from "../images/engineImages.js";
import type { LocalImage } from "../enginePorts.js";

/** An image and the containers that were made of it. */
export interface UsedImage {
  readonly image: LocalImage;
  readonly containers: readonly LocalContainer[];
}

/** What removing images would do. */
export interface RemovalPlan {
  /** Images that nothing uses. */
  readonly free: readonly LocalImage[];
  /** Images that go only by force, as containers that are stopped use them. */
  readonly stopped: readonly UsedImage[];
  /** Images that stay, as containers that run use them. */
  readonly running: readonly UsedImage[];
}

/** Tells which images can go, and which ones containers hold on to. */
export function planRemoval(
  images: readonly LocalImage[],
  containers: readonly LocalContainer[],
): RemovalPlan {
  const used = [...new Map(images.map((image) => [image.id, image])).values()].map((image) => ({
    image,
    containers: containers.filter(({ imageId }) => imageId === image.id),
  }));
  const isHeld = (one: UsedImage): boolean => one.containers.some(({ isRunning }) => isRunning);
  return {
    free: used.filter((one) => one.containers.length === 0).map(({ image }) => image),
    stopped: used.filter((one) => one.containers.length > 0 && !isHeld(one)),
    running: used.filter(isHeld),
  };
}

/**
 * Adds up what images weigh. Engines tell each with the layers that it shares, so that removing them
 * frees at most this.
 */
export function sumBytes(images: readonly LocalImage[]): number {
  return images.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
