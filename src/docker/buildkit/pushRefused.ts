import type { GrpcError } from "./grpcError.js";

/** A registry, or the way to it, refused what a build pushed; the image itself is built. */
export class PushRefused extends Error {
  override readonly name = "PushRefused";
}

/** Where the words come from: https://github.com/moby/buildkit/blob/master/exporter/containerimage/export.go */
const PUSH = /failed to push \S+: (.*)/s;

/** Returns what an error of a solve says of its push; undefined for one that is not about a push. */
export function readPushError(error: GrpcError): PushRefused | undefined {
  const reason = PUSH.exec(error.message)?.[1];
  return reason === undefined ? undefined : new PushRefused(reason, { cause: error });
}
