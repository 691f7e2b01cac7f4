import { GrpcError } from "./buildkit/grpcError.js";
import { GRPC } from "./buildkit/grpcStatus.js";
import { readContent } from "./buildkit/readContent.js";
import type { EngineConnection } from "./engineConnection.js";
import { UpgradeRefused } from "./engineUpgrade.js";
import { openBuildKit } from "./openBuildKit.js";
import type { BuildKitConnection } from "./buildkit/buildkitConnection.js";

/**
 * Reads the text of a manifest or index that an engine with the containerd image store holds;
 * undefined where there is none of this digest, as in engines that keep images in their own way.
 */
export async function readManifest(
  connection: EngineConnection,
  digest: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  let buildkit: BuildKitConnection | undefined;
  try {
    buildkit = await openBuildKit(connection, () => undefined, signal);
    if (!buildkit.control) return undefined;
    const content = await readContent(buildkit.control, digest, signal);
    return Buffer.from(content).toString("utf8");
  } catch (error) {
    if (error instanceof UpgradeRefused || isAbsent(error)) return undefined;
    throw error;
  } finally {
    buildkit?.close();
  }
}

function isAbsent(error: unknown): boolean {
  if (!(error instanceof GrpcError)) return false;
  return error.code === GRPC.notFound || error.code === GRPC.unimplemented;
}
