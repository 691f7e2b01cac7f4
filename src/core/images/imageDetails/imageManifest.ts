import { asAmount, asFields, asList, asText, asTextPairs, tryParseJson } from "../../jsonFields.js";
import type { JsonFields } from "../../jsonFields.js";
import { asDigest, type Manifest, readManifest } from "../manifest.js";

/** A blob as a manifest names it. */
export interface Blob {
  readonly digest: string;
  readonly mediaType: string | undefined;
  /** Compressed, as it is stored and sent. */
  readonly sizeBytes: number;
}

/** All that a manifest or index says of an image. */
export interface ImageManifest extends Manifest {
  readonly mediaType: string | undefined;
  readonly artifactType: string | undefined;
  /** Undefined for an index. */
  readonly config: Blob | undefined;
  /** From the base upwards. */
  readonly layers: readonly Blob[];
  readonly annotations: readonly (readonly [string, string])[];
}

/**
 * Reads all of a manifest or index; undefined for what is none. Parts that make no sense are left
 * out, as anybody may push anything.
 *
 * Source: https://github.com/opencontainers/image-spec/blob/main/manifest.md
 */
export function parseImageManifest(text: string): ImageManifest | undefined {
  const manifest = asFields(tryParseJson(text));
  return (
    manifest && {
      ...readManifest(manifest),
      mediaType: asText(manifest["mediaType"]),
      artifactType: asText(manifest["artifactType"]),
      config: parseBlob(asFields(manifest["config"])),
      layers: asList(manifest["layers"]).flatMap((layer) => parseBlob(asFields(layer)) ?? []),
      annotations: asTextPairs(manifest["annotations"]),
    }
  );
}

/** Tells whether a config is that of an image that runs, rather than of some artifact. */
export function isImageConfig({ mediaType }: Pick<Blob, "mediaType">): boolean {
  return (
    mediaType === "application/vnd.oci.image.config.v1+json" ||
    mediaType === "application/vnd.docker.container.image.v1+json"
  );
}

function parseBlob(blob: JsonFields | undefined): Blob | undefined {
  const digest = asDigest(blob?.["digest"]);
  if (!blob || digest === undefined) return undefined;
  return {
    digest,
    mediaType: asText(blob["mediaType"]),
    sizeBytes: asAmount(blob["size"]) ?? 0,
  };
}
