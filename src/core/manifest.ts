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
  const manifest = asRecord(tryJson(text));
  if (!manifest) return undefined;
  const entries: readonly unknown[] = Array.isArray(manifest["manifests"])
    ? manifest["manifests"]
    : [];
  return {
    entries: entries.flatMap((entry) => parseEntry(asRecord(entry)) ?? []),
    subject: asDigest(asRecord(manifest["subject"])?.["digest"]),
  };
}

function parseEntry(entry: Fields | undefined): ManifestEntry | undefined {
  const digest = asDigest(entry?.["digest"]);
  if (!entry || digest === undefined) return undefined;
  const annotations = asRecord(entry["annotations"]);
  const attests = annotations?.[REFERENCE_TYPE] === "attestation-manifest";
  return {
    digest,
    mediaType: asText(entry["mediaType"]),
    platform: formatPlatform(asRecord(entry["platform"])),
    attestsTo: attests ? (asDigest(annotations[REFERENCE_DIGEST]) ?? "") : undefined,
  };
}

/** Attestations are listed with a platform `unknown`. */
function formatPlatform(platform: Fields | undefined): string | undefined {
  const parts = ["os", "architecture", "variant"].map((name) => asText(platform?.[name]));
  return parts[0] === "unknown" ? undefined : parts.filter(Boolean).join("/") || undefined;
}

type Fields = Readonly<Record<string, unknown>>;

function asRecord(value: unknown): Fields | undefined {
  return isRecord(value) ? value : undefined;
}

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function asDigest(value: unknown): string | undefined {
  return typeof value === "string" && DIGEST.test(value) ? value : undefined;
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
