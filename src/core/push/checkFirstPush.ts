import { EcrError } from "../errors.js";
import type { Registry } from "../ports.js";
import type { PushRequest } from "./pushRequest.js";

/**
 * Asks for the rights to push before the first build for a repository, which may be long; fails with
 * `access-denied`.
 *
 * Where a push has ended well nothing is asked: rights seldom go, and it is two calls. Of a repository
 * that has yet to be made nobody can tell.
 */
export async function checkFirstPush(
  registry: Registry,
  { source, repository, create, lastTookMs }: PushRequest,
  signal: AbortSignal,
): Promise<void> {
  if (source.kind !== "dockerfile" || create || lastTookMs !== undefined) return;
  try {
    await registry.probePush(repository, signal);
  } catch (error) {
    // Whether it is there is asked beside this, and told with what mends it.
    if (error instanceof EcrError && error.failure.kind === "repository-not-found") return;
    throw error;
  }
}
