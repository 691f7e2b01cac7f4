/**
 * What a build attaches to its image besides the layers; nothing of it makes an image alone.
 *
 * An image with attestations is an index, which not all that runs images takes, AWS Lambda above
 * all: https://docs.docker.com/build/metadata/attestations/
 */
export interface Attestations {
  /** How the image was made; `max` tells the build arguments and the Dockerfile too. */
  readonly provenance?: "min" | "max";
  /** What software is in it, as an SPDX document. */
  readonly sbom?: boolean;
}

/** Tells whether a build attaches anything. */
export function hasAttestations({ provenance, sbom = false }: Attestations): boolean {
  return provenance !== undefined || sbom;
}

/** Reads attestations that were kept; what makes no sense is as if never chosen. */
export function parseAttestations(kept: unknown): Attestations {
  if (typeof kept !== "object" || kept === null) return {};
  const { provenance, sbom }: { provenance?: unknown; sbom?: unknown } = kept;
  return {
    ...(provenance === "min" || provenance === "max" ? { provenance } : {}),
    ...(sbom === true ? { sbom } : {}),
  };
}
