import { EcrError } from "../core/errors.js";
import type { BuildRequest, BuiltImage } from "../core/enginePorts.js";
import type { EngineConnection } from "./engineConnection.js";
import { listPlatforms } from "./imagePlatforms.js";
import { findLocalImage } from "./localImages.js";

/** Looks at the image that a build made, and checks that it is of the platform asked for. */
export async function findBuiltImage(
  connection: EngineConnection,
  request: BuildRequest,
  imageId: string,
  fail: (message: string) => EcrError,
  signal: AbortSignal,
): Promise<BuiltImage> {
  const image = await findLocalImage(connection, imageId, signal);
  if (!image) throw new EcrError({ kind: "image-not-found", reference: imageId });
  if (request.platforms.length > 1) {
    const built = await listPlatforms(connection, image.id, signal);
    const missing = request.platforms.filter(
      (wanted) => !built.some((own) => isPlatform(own, wanted)),
    );
    if (missing.length === 0) return { imageId: image.id };
    throw fail(`the engine built ${built.join(", ")} without ${missing.join(", ")}`);
  }
  // Docker Engine 20.10 takes the parameter and builds for its own platform all the same.
  const [platform] = request.platforms;
  if (platform && !isPlatform(image.platform, platform)) {
    throw fail(`the engine built ${image.platform ?? "?"} instead of ${platform}`);
  }
  return { imageId: image.id };
}

/** Tells whether an image is of a platform; a variant counts where both name one. */
function isPlatform(actual: string | undefined, wanted: string): boolean {
  const [os, architecture, variant] = (actual ?? "").split("/");
  const [wantedOs, wantedArchitecture, wantedVariant] = wanted.split("/");
  if (os !== wantedOs || architecture !== wantedArchitecture) return false;
  return !variant || !wantedVariant || variant === wantedVariant;
}
