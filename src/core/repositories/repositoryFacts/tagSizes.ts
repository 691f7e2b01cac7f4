import { foldImages } from "../../images/foldImages.js";
import type { Manifest } from "../../images/manifest.js";
import { type Image, isIndex } from "../../registry.js";

/** What the images with tags take, each with all that belongs to it. */
export interface TagSize {
  readonly image: Image;
  readonly bytes: number;
}

/** Sums up each image that has tags with its platforms and what is attached, largest first. */
export function sizeTags(
  images: readonly Image[],
  manifests: ReadonlyMap<string, Manifest>,
): readonly TagSize[] {
  return foldImages(images, manifests)
    .filter(({ image }) => image.tags.length > 0)
    .map(({ image, platforms, attached }) => {
      const parts = [
        ...platforms.flatMap((platform) => platform.image ?? []),
        ...attached.map((one) => one.image),
      ];
      const own = isIndex(image) && parts.length > 0 ? parts : [image, ...parts];
      return { image, bytes: own.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0) };
    })
    .sort((a, b) => b.bytes - a.bytes);
}
