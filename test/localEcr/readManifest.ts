import type { Context } from "./context.js";
import type { ImageRecord } from "./records.js";
import { seededManifest } from "./seededImages.js";

/** Returns the bytes of an image's manifest; those of seeded images are generated. */
export function readManifest({ store }: Context, image: ImageRecord): Buffer {
  if (image.seedNumber !== undefined) return Buffer.from(seededManifest(image.seedNumber));
  return store.content.read(image.digest);
}
