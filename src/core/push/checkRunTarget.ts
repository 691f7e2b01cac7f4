import { EcrError } from "../errors.js";
import type { PushRequest } from "./pushRequest.js";
import { type Image, isIndex } from "../registry.js";
import { findManifestMisfit, findPlatformMisfit, type Misfit } from "./runTarget.js";

type Request = Pick<PushRequest, "repository" | "tags" | "runsOn">;

/**
 * Throws `run-target-unfit` where an image of these platforms can't run where it is meant to.
 *
 * `seen` is the image as ECR shows it; undefined while it has yet to be pushed.
 */
export function checkRunTarget(
  request: Request,
  platforms: readonly string[],
  seen?: Pick<Image, "mediaType">,
): void {
  const { repository, tags, runsOn: target = "anything" } = request;
  const { mediaType } = seen ?? {};
  const misfit: Misfit | undefined =
    (seen && findManifestMisfit(target, { isIndex: isIndex({ mediaType }), mediaType })) ??
    findPlatformMisfit(target, platforms);
  if (!misfit) return;
  const name = `${repository}:${tags.join(", ")}`;
  throw new EcrError({
    kind: "run-target-unfit",
    name,
    target,
    misfit,
    isPushed: seen !== undefined,
  });
}
