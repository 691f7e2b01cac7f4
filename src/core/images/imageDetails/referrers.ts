/** Something that is about an image: a signature, a list of its software, how it was made. */
export interface Referrer {
  readonly digest: string;
  readonly role: ReferrerRole;
  /** What it says of its own type. */
  readonly artifactType: string | undefined;
  /** The manifest's own size; undefined where it is not told. */
  readonly sizeBytes: number | undefined;
  readonly createdAt: Date | undefined;
  /** The tag by which cosign finds it; undefined where the manifest names its subject. */
  readonly tag: string | undefined;
}

/** What a referrer is; `artifact` is of a kind that nobody here knows. */
export type ReferrerRole = "signature" | "sbom" | "attestation" | "artifact";

/** Referrers that were read. */
export interface Referrers {
  readonly list: readonly Referrer[];
  /** Whether there are more than are read, which has a bound. */
  readonly isCut: boolean;
}

/** The types that tools in use give: cosign, notation, syft and trivy, BuildKit. */
const ROLES: readonly (readonly [RegExp, ReferrerRole])[] = [
  [/signature|\.sig\b|simplesigning/i, "signature"],
  [/sbom|spdx|cyclonedx|syft/i, "sbom"],
  [/in-toto|attestation|provenance|slsa|dsse/i, "attestation"],
];

/** Sigstore's bundles hold either; what they hold stands in an annotation of theirs. */
const BUNDLE = /sigstore\.bundle/i;

/**
 * Tells what a referrer is by its type, and by the content that Sigstore's bundles are annotated with.
 *
 * Source: https://github.com/sigstore/cosign/blob/main/specs/BUNDLE_SPEC.md
 */
export function referrerRole(
  artifactType: string | undefined,
  annotations: Readonly<Record<string, string>> = {},
): ReferrerRole {
  const type = artifactType ?? "";
  if (BUNDLE.test(type)) {
    const predicate = annotations["dev.sigstore.bundle.predicateType"] ?? "";
    const isSigned = /cosign\/sign|message-signature/i.test(
      `${predicate} ${annotations["dev.sigstore.bundle.content"] ?? ""}`,
    );
    return isSigned ? "signature" : roleOf(predicate) === "sbom" ? "sbom" : "attestation";
  }
  return roleOf(type);
}

/** How cosign tags what it attaches: https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md */
const TAG_ROLES = { sig: "signature", att: "attestation", sbom: "sbom" } as const;

/** Returns the tags that cosign gives to what is about an image, with what each is. */
export function cosignTags(digest: string): ReadonlyMap<string, ReferrerRole> {
  const stem = digest.replace(":", "-");
  return new Map(Object.entries(TAG_ROLES).map(([end, role]) => [`${stem}.${end}`, role]));
}

function roleOf(type: string): ReferrerRole {
  return ROLES.find(([pattern]) => pattern.test(type))?.[1] ?? "artifact";
}
