import type { WarningEvent } from "../build/buildEvents.js";
import type { BuildRequest } from "../enginePorts.js";
import { EcrError } from "../errors.js";
import type { FindToken, FoundToken } from "../ports.js";

/**
 * Runs a build, and once more with a new token where a registry refused one that it was given.
 *
 * A token may end earlier than AWS says, as when the account's owner ends the session behind it.
 */
export async function* renewRefused<Event, Result>(
  request: BuildRequest,
  build: (request: BuildRequest) => AsyncGenerator<Event, Result, void>,
  signal: AbortSignal,
): AsyncGenerator<Event | WarningEvent, Result, void> {
  const { findToken } = request;
  if (!findToken) return yield* build(request);
  const given = new Map<string, FoundToken>();
  const noting: FindToken = async (host, ...rest) => {
    const found = await findToken(host, ...rest);
    if (found) given.set(host, found);
    return found;
  };
  try {
    return yield* build({ ...request, findToken: noting });
  } catch (error) {
    const host = refusingHost(error);
    const refused = host === undefined ? undefined : given.get(host)?.token;
    if (!refused) throw error;
    const text = `${refused.host} refuses the login token; it is renewed, and the build runs again`;
    yield { type: "warning", text };
    await findToken(refused.host, signal, refused);
  }
  return yield* build(request);
}

/** A refusal without a word may mean a token that has ended: many engines drop ECR's words. */
function refusingHost(error: unknown): string | undefined {
  if (!(error instanceof EcrError)) return undefined;
  const { failure } = error;
  const isRefused =
    failure.kind === "token-expired" ||
    failure.kind === "base-image-unauthorized" ||
    (failure.kind === "base-image-denied" && failure.action === undefined && !failure.principal);
  return isRefused ? failure.host : undefined;
}
