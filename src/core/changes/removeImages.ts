import type { ImageEngine, LocalImage } from "../enginePorts.js";
import { asEcrError, isCancellation } from "../errors.js";

/** What became of images that were to go. */
export interface RemovalOutcome {
  readonly removed: readonly LocalImage[];
  /** Those that stay, and why. */
  readonly kept: readonly { readonly image: LocalImage; readonly error: Error }[];
}

/**
 * Removes images one by one; one that the engine keeps does not keep the others. A cancellation ends
 * it between two images, and rejects.
 */
export async function removeImages(
  engine: ImageEngine,
  images: readonly { readonly image: LocalImage; readonly isForced: boolean }[],
  report: (done: number) => void,
  signal: AbortSignal,
): Promise<RemovalOutcome> {
  const removed: LocalImage[] = [];
  const kept: { image: LocalImage; error: Error }[] = [];
  for (const [index, { image, isForced }] of images.entries()) {
    report(index);
    try {
      await engine.removeImage(image.id, isForced, signal);
      removed.push(image);
    } catch (error) {
      if (isCancellation(error)) throw error;
      kept.push({ image, error: asEcrError(error) });
    }
  }
  return { removed, kept };
}
