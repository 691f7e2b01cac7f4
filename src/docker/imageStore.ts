import type { EngineDescription } from "../core/enginePorts.js";
import type { EngineConnection } from "./engineConnection.js";
import { reasonAgainstBuildKit } from "./engineBuilders.js";
import { asRecord, asTexts } from "./untyped.js";

/** What `GET /info` names the driver of an engine that keeps images in containerd. */
const CONTAINERD = "io.containerd.snapshotter.v1";

/**
 * Finds out where an engine keeps images, and whether its builds can push what they make.
 *
 * An engine that does not tell counts as one that can't, as those do that sit behind a proxy which
 * lets no `GET /info` pass.
 * Source: https://docs.docker.com/engine/storage/containerd/
 */
export async function findImageStore(
  connection: EngineConnection,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Pick<EngineDescription, "imageStore" | "reasonAgainstDirectPush">> {
  const { store, silence } = await readImageStore(connection, signal);
  if (store === undefined) {
    const reason = `it does not tell where it keeps images: ${silence}`;
    return { imageStore: "classic", reasonAgainstDirectPush: reason };
  }
  if (store === "classic") {
    const reason = "it keeps images in the classic store";
    return { imageStore: "classic", reasonAgainstDirectPush: reason };
  }
  return {
    imageStore: "containerd",
    reasonAgainstDirectPush: await reasonAgainstBuildKit(connection, environment, signal),
  };
}

/** Where an engine says that it keeps images, or what it says instead. */
export type ToldImageStore =
  | { readonly store: EngineDescription["imageStore"]; readonly silence?: undefined }
  | { readonly store: undefined; readonly silence: string };

/** Asks an engine where it keeps images. */
export async function readImageStore(
  connection: EngineConnection,
  signal: AbortSignal,
): Promise<ToldImageStore> {
  const request = { method: "GET", path: "/info" } as const;
  const { status, json, message } = await connection.fetchJson(request, signal);
  if (status !== 200) return { store: undefined, silence: message };
  return { store: isContainerd(asRecord(json)?.["DriverStatus"]) ? "containerd" : "classic" };
}

/** The status is a list of pairs: https://docs.docker.com/reference/api/engine/version/v1.45/#tag/System/operation/SystemInfo */
function isContainerd(driverStatus: unknown): boolean {
  if (!Array.isArray(driverStatus)) return false;
  return driverStatus.some((pair) => {
    const [name, value] = asTexts(pair);
    return name === "driver-type" && value === CONTAINERD;
  });
}
