import { EcrError } from "../core/errors.js";
import type { LocalImage } from "../core/enginePorts.js";
import type { EngineConnection } from "./engineConnection.js";
import { toEngineFault } from "./engineFault.js";
import { asNumber, asRecord, asText, asTexts } from "./untyped.js";

/** Lists an engine's images, newest first, without the intermediate ones of builds. */
export async function listLocalImages(
  connection: EngineConnection,
  signal: AbortSignal,
): Promise<readonly LocalImage[]> {
  const request = { method: "GET", path: "/images/json" } as const;
  const { status, json, message } = await connection.fetchJson(request, signal);
  if (status !== 200 || !Array.isArray(json)) throw engineFailure("list images", message);
  return json
    .map((item) => toLocalImage(asRecord(item) ?? {}))
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}

/** Returns the image of an id or reference, or undefined when the engine has none. */
export async function findLocalImage(
  connection: EngineConnection,
  idOrReference: string,
  signal: AbortSignal,
): Promise<LocalImage | undefined> {
  const request = { method: "GET", path: `/images/${idOrReference}/json` } as const;
  const { status, json, message } = await connection.fetchJson(request, signal);
  if (status === 404) return undefined;
  const fields = asRecord(json);
  if (status !== 200 || !fields) throw engineFailure("find image", message);
  return toLocalImage(fields);
}

/** Returns the failure of a request that the engine refused. */
export function engineFailure(operation: string, message: string): EcrError {
  const fault = toEngineFault(message, operation);
  const cause = new Error(message);
  return new EcrError(fault ?? { kind: "docker-failed", operation, message }, { cause });
}

/** Lists and details name their fields alike; only the date differs in form. */
function toLocalImage(fields: Readonly<Record<string, unknown>>): LocalImage {
  const created = fields["Created"];
  const os = asText(fields["Os"]);
  const architecture = asText(fields["Architecture"]);
  const variant = asText(fields["Variant"]);
  return {
    id: asText(fields["Id"]) ?? "",
    // Some engines list a name with a digest among the tags, where an image has no tag.
    references: asTexts(fields["RepoTags"]).filter((name) => !/^<none>|@/.test(name)),
    digests: asTexts(fields["RepoDigests"]).filter((name) => !name.startsWith("<none>")),
    sizeBytes: asNumber(fields["Size"]) ?? 0,
    createdAt:
      typeof created === "number" ? new Date(created * 1000) : new Date(asText(created) ?? 0),
    platform:
      os && architecture ? [os, architecture, variant].filter(Boolean).join("/") : undefined,
  };
}
