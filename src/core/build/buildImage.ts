import { checkPlatforms } from "./checkPlatforms.js";
import type { ReviewContext } from "../context/contextReview.js";
import type { ImageReference } from "../imageReference.js";
import { giveName, type LocalName, takeNamesBack } from "../images/localNames.js";
import type { BuildRequest, ImageEngine } from "../enginePorts.js";
import type { PushEvent } from "../push/pushImage.js";
import { renewRefused } from "../login/renewRefused.js";

/**
 * Builds a Dockerfile and names the image; an image whose naming fails keeps no name.
 *
 * `reviewContext` lets the user look at what would be sent; undefined sends it unseen.
 */
export async function* buildImage(
  engine: ImageEngine,
  request: BuildRequest,
  reference: ImageReference,
  signal: AbortSignal,
  reviewContext?: ReviewContext,
): AsyncGenerator<PushEvent, { readonly imageId: string }, void> {
  yield { type: "phase", phase: "preflight" };
  const review = reviewContext?.(request, signal);
  await engine.checkBuild(request);
  const description = await engine.describe(signal);
  yield { type: "engine", engine: description };
  checkPlatforms(request.platforms, description);
  await engine.checkBuilder(request, signal);
  await review?.();
  yield { type: "phase", phase: "build" };
  const build = (whole: BuildRequest) => engine.build(whole, signal);
  const { imageId } = yield* renewRefused(request, build, signal);
  yield { type: "phase", phase: "tag" };
  const names: LocalName[] = [];
  try {
    await giveName(engine, imageId, reference, names, signal);
  } catch (error) {
    yield* await takeNamesBack(engine, names);
    throw error;
  }
  return { imageId };
}
