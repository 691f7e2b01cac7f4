import type { Manifest } from "./manifest.js";
import type { Image } from "../registry.js";

/** As what an image belongs to another one; `artifact` is of a kind that nobody here knows. */
export type AttachedRole = "attestation" | "signature" | "sbom" | "artifact";

/** The image that another one is about, and as what. */
export interface ImageOwner {
  readonly owner: string;
  readonly role: AttachedRole;
}

/** How cosign tags what it attaches: https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md */
const ATTACHED_TAG = /^sha256-([0-9a-f]{64})(?:\.(sig|att|sbom))?$/;
const ROLES = { sig: "signature", att: "attestation", sbom: "sbom" } as const;

/**
 * Finds the image that another one is about; undefined for what is about none.
 *
 * One with a tag that people gave it stands for itself, whatever its manifest says.
 */
export function findOwner(
  { tags, digest, subject: told }: Image,
  manifest: Manifest | undefined,
): ImageOwner | undefined {
  const matches = tags.map((tag) => ATTACHED_TAG.exec(tag));
  const [, named, suffix] = matches[0] ?? [];
  if (named !== undefined && matches.every((match) => match !== null)) {
    const role = isRole(suffix) ? ROLES[suffix] : "artifact";
    return { owner: `sha256:${named}`, role };
  }
  const subject = tags.length === 0 ? (manifest?.subject ?? told) : undefined;
  return subject === undefined || subject === digest
    ? undefined
    : { owner: subject, role: "artifact" };
}

function isRole(suffix: string | undefined): suffix is keyof typeof ROLES {
  return suffix !== undefined && suffix in ROLES;
}
