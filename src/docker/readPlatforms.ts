import type { EngineConnection } from "./engineConnection.js";
import { findLocalImage } from "./localImages.js";

/** Requests to the engine at a time. */
const AT_ONCE = 4;

/** Reads the platforms of images, which an engine's list does not tell. */
export async function readPlatforms(
  connection: EngineConnection,
  imageIds: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const platforms = new Map<string, string>();
  const waiting = imageIds.values();
  const work = async (): Promise<void> => {
    for (const id of waiting) {
      const image = await findLocalImage(connection, id, signal);
      if (image?.platform !== undefined) platforms.set(id, image.platform);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return platforms;
}
