import type { Duplex } from "node:stream";
import { cancellation } from "../../core/errors.js";
import type { BuildKitConnection } from "./buildkitConnection.js";
import { GrpcClient } from "./grpcClient.js";
import { openSessionTunnel } from "./sessionTunnel.js";

/** How long a peer may take to show that it speaks HTTP/2. */
const GREETING_MS = 5_000;

/**
 * Reaches a BuildKit that speaks gRPC from the first byte of a connection, and takes its session
 * inside a call: Docker Engine from API 1.53 on, and a BuildKit that runs by itself.
 *
 * Fails with a `GrpcError` where something else answers, with a `TimeoutError` where nothing does.
 * Source: https://github.com/moby/moby/blob/master/api/docs/CHANGELOG.md#v153-api-changes
 */
export async function openDirectBuildKit(
  connection: Duplex,
  signal: AbortSignal,
): Promise<BuildKitConnection> {
  const control = await openControl(connection, signal);
  return {
    way: "gRPC without an upgrade",
    control,
    openSession: (headers, ended) => Promise.resolve(openSessionTunnel(control, headers, ended)),
    close: () => {
      control.close();
    },
  };
}

/** Opens gRPC on a connection that speaks HTTP/2 from here on; fails as `openDirectBuildKit` does. */
export async function openControl(connection: Duplex, signal: AbortSignal): Promise<GrpcClient> {
  const control = new GrpcClient(connection);
  try {
    await control.ready(AbortSignal.any([signal, AbortSignal.timeout(GREETING_MS)]));
    return control;
  } catch (error) {
    control.close();
    throw signal.aborted ? cancellation() : error;
  }
}
