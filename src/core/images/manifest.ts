import { asFields, asList, asText, type JsonFields, tryParseJson } from "../jsonFields.js";

/** What an index says of one image in it. */
export interface ManifestEntry {
  readonly digest: string;
  readonly mediaType: string | undefined;
  /** Such as `linux/arm64/v8`; undefined where the index tells none. */
  readonly platform: string | undefined;
  /** The digest of the image that this entry attests to; undefined for images themselves. */
  readonly attestsTo: string | undefined;
}

/** The part of an image manifest or index that says how images belong together. */
export interface Manifest {
  /** The images of an index, attestations too; empty for a single image. */
  readonly entries: readonly ManifestEntry[];
  /** The digest of the image that this one is about, as for signatures. */
  readonly subject: string | undefined;
}

/** BuildKit's mark of attestations: https://github.com/moby/buildkit/blob/master/docs/attestations/attestation-storage.md */
const REFERENCE_TYPE = "vnd.docker.reference.type";
const REFERENCE_DIGEST = "vnd.docker.reference.digest";
const DIGEST = /^sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})$/;

/**
 * Reads a manifest or index; undefined for what is none. Parts that make no sense are left out, as
 * anybody may push anything.
 *
 * Source: https://github.com/opencontainers/image-spec/blob/main/image-index.md
 */
export function parseManifest(text: string): Manifest | undefined {
  const manifest = asFields(tryParseJson(text));
  return manifest && readManifest(manifest);
}

/** Reads a manifest or index whose JSON was parsed already. */
export function readManifest(manifest: JsonFields): Manifest {
  return {
    entries: asList(manifest["manifests"]).flatMap((entry) => parseEntry(asFields(entry)) ?? []),
    subject: asDigest(asFields(manifest["subject"])?.["digest"]),
  };
}

/** Returns the value as a digest, or undefined. */
export function asDigest(value: unknown): string | undefined {
  return typeof value === "string" && DIGEST.test(value) ? value : undefined;
}

/** Names a platform as `os/architecture/variant`; attestations are listed with one that is `unknown`. */
export function formatPlatform(platform: JsonFields | undefined): string | undefined {
  const parts = ["os", "architecture", "variant"].map((name) => asText(platform?.[name]));
  return parts[0] === "unknown" ? undefined : parts.filter(Boolean).join("/") || undefined;
}

function parseEntry(entry: JsonFields | undefined): ManifestEntry | undefined {
  const digest = asDigest(entry?.["digest"]);
  if (!entry || digest === undefined) return undefined;
  const annotations = asFields(entry["annotations"]);
  const attests = annotations?.[REFERENCE_TYPE] === "attestation-manifest";
  return {
    digest,
    mediaType: asText(entry["mediaType"]),
    platform: formatPlatform(asFields(entry["platform"])),
    attestsTo: attests ? (asDigest(annotations[REFERENCE_DIGEST]) ?? "") : undefined,
  };
}
