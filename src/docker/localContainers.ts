import type { LocalContainer } from "../core/images/engineImages.js";
import type { EngineConnection } from "./engineConnection.js";
import { engineFailure } from "./localImages.js";
import { asRecord, asText, asTexts } from "./untyped.js";

/** The states in which an engine gives up no image, not even by force. */
const RUNNING: ReadonlySet<string> = new Set(["running", "paused", "restarting", "removing"]);

/**
 * Lists an engine's containers, those that do not run too.
 *
 * API: https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerList
 */
export async function listContainers(
  connection: EngineConnection,
  signal: AbortSignal,
): Promise<readonly LocalContainer[]> {
  const request = { method: "GET", path: "/containers/json", query: { all: "1" } } as const;
  const { status, json, message, headers } = await connection.fetchJson(request, signal);
  if (status !== 200 || !Array.isArray(json)) throw engineFailure("list containers", message);
  // Podman takes containers away with an image that is removed by force, and signs its answers:
  // https://github.com/containers/podman/blob/v4.3.1/pkg/api/server/handler_api.go
  const goesWithImage = headers["libpod-api-version"] !== undefined;
  return json.map((item) => {
    const fields = asRecord(item) ?? {};
    const [name = asText(fields["Id"])?.slice(0, 12) ?? ""] = asTexts(fields["Names"]);
    return {
      name: name.replace(/^\//, ""),
      imageId: asText(fields["ImageID"]) ?? "",
      isRunning: RUNNING.has(asText(fields["State"]) ?? ""),
      goesWithImage,
    };
  });
}
