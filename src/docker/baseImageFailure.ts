import type { Failure } from "../core/errors.js";
import type { LoginOwner } from "../core/login/loginOwner.js";
import { type PulledImage, pullTarget } from "./baseImage.js";
import { toRegistryFailure } from "./errors/registryFailure.js";

/** Whose login a host got in this build. */
export type OwnerOf = (host: string) => LoginOwner | undefined;

/**
 * Returns why a base image was not to be had, or undefined where the engine's words are about
 * something else.
 */
export function baseImageFailure(
  message: string,
  { image, line }: PulledImage,
  dockerfile: string,
  ownerOf: OwnerOf,
): Failure | undefined {
  const target = pullTarget(image);
  const failure = toRegistryFailure(message, target);
  const asked = { image, host: target.host, dockerfile, line, login: ownerOf(target.host) };
  if (failure?.kind === "registry-unauthorized") {
    return { kind: "base-image-unauthorized", ...asked };
  }
  if (failure?.kind === "access-denied") {
    const { action, resource, principal } = failure;
    return { kind: "base-image-denied", ...asked, action, resource, principal };
  }
  if (failure?.kind === "image-not-found") return { kind: "base-image-not-found", ...asked };
  if (failure?.kind === "base-image-platform-missing") return { ...failure, ...asked };
  return failure;
}
