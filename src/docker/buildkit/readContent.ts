import type { GrpcClient } from "./grpcClient.js";
import { bytes, FieldWriter, readMessage } from "./protoFields.js";

/**
 * Reads a blob, such as a manifest, from the store that BuildKit writes images to.
 *
 * Fails with a `GrpcError`, of the code `notFound` where there is no such blob.
 * Source: https://github.com/moby/buildkit/blob/master/control/control.go and, for the numbers,
 * https://github.com/containerd/containerd/blob/main/api/services/content/v1/content.proto
 */
export async function readContent(
  client: GrpcClient,
  digest: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const request = new FieldWriter().text(1, digest).finish();
  const parts: Uint8Array[] = [];
  for await (const message of client.stream(READ, request, signal)) {
    readMessage(message, { 2: bytes((part) => parts.push(part)) });
  }
  return Buffer.concat(parts);
}

const READ = "/containerd.services.content.v1.Content/Read";
