import { EcrError } from "../core/errors.js";
import type { EngineConnection } from "./engineConnection.js";
import { findLocalImage } from "./localImages.js";
import { readManifest } from "./readManifest.js";
import { asRecord, asText } from "./untyped.js";

/**
 * Lists the platforms of an image that the engine holds: those of an index, else its own one.
 *
 * Engines before API 1.48 tell of an index only the platform that fits them best, so the index
 * itself is read. Attestations, which indexes list as a platform `unknown`, are left out.
 * Source: https://github.com/opencontainers/image-spec/blob/main/image-index.md
 */
export async function listPlatforms(
  connection: EngineConnection,
  imageId: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const manifest = await readManifest(connection, imageId, signal);
  const entries: unknown = asRecord(manifest && JSON.parse(manifest))?.["manifests"];
  if (Array.isArray(entries)) {
    return entries.flatMap((entry) => formatPlatform(asRecord(entry)?.["platform"]) ?? []);
  }
  const image = await findLocalImage(connection, imageId, signal);
  if (!image) throw new EcrError({ kind: "image-not-found", reference: imageId });
  return image.platform === undefined ? [] : [image.platform];
}

function formatPlatform(value: unknown): string | undefined {
  const platform = asRecord(value);
  const parts = ["os", "architecture", "variant"].map((name) => asText(platform?.[name]));
  return parts[0] === "unknown" ? undefined : parts.filter(Boolean).join("/") || undefined;
}
