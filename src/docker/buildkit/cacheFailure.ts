import type { Failure } from "../../core/errors.js";
import type { BuildRequest } from "../../core/enginePorts.js";
import { pullTarget } from "../baseImage.js";
import type { OwnerOf } from "../baseImageFailure.js";
import { toRegistryFailure } from "../errors/registryFailure.js";

/** Where the words come from: https://github.com/moby/buildkit/blob/v0.13.2/cache/remotecache/export.go */
const WRITING = /(?:^|: )error writing (?:layer|manifest|config) blob: /;

/**
 * Returns why a registry did not take the cache of a build, or undefined where BuildKit's words are
 * about something else.
 */
export function cacheFailure(
  message: string,
  { options = {} }: BuildRequest,
  ownerOf: OwnerOf,
): Failure | undefined {
  if (!WRITING.test(message)) return undefined;
  const targets = (options.cacheTo ?? []).flatMap((target) =>
    target.kind === "registry" ? [{ ...pullTarget(target.reference), ...target }] : [],
  );
  // Each request that failed is quoted with its address.
  const named = targets.find(({ host, repository }) =>
    message.includes(`://${host}/v2/${repository}/`),
  );
  const target = named ?? targets[0];
  if (!target) return undefined;
  const { host, repository, reference } = target;
  const asked = { operation: "push", host, repository, tag: undefined } as const;
  const failure = toRegistryFailure(message, asked);
  const cache = { reference, host, repository, login: ownerOf(host), isImagePushed: false };
  if (failure?.kind === "registry-unauthorized" || failure?.kind === "token-expired") {
    return { kind: "cache-unauthorized", ...cache };
  }
  if (failure?.kind === "access-denied") {
    const { action, resource, principal } = failure;
    return { kind: "cache-denied", ...cache, action, resource, principal };
  }
  if (failure?.kind === "repository-not-found") {
    return { kind: "cache-repository-not-found", ...cache };
  }
  // A tag that may not move is the cache's, and no tag that the push could choose anew.
  return failure?.kind === "tag-immutable" ? undefined : failure;
}
