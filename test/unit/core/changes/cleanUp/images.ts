import { type Manifest, parseManifest } from "../../../../../src/core/images/manifest.js";
import type { Image } from "../../../../../src/core/registry.js";

const INDEX = "application/vnd.oci.image.index.v1+json";
const MANIFEST = "application/vnd.oci.image.manifest.v1+json";

/** Makes the digest that stands for a name. */
export function digestOf(name: string): string {
  return `sha256:${Buffer.from(name.padEnd(32)).toString("hex")}`;
}

/** Returns the name that a digest stands for. */
export function nameOf({ digest }: { readonly digest: string }): string {
  return Buffer.from(digest.slice("sha256:".length), "hex").toString().trim();
}

/** Makes an image, by a name that its digest stands for. */
export function image(
  name: string,
  { isIndex = false, ...more }: Partial<Image> & { readonly isIndex?: boolean } = {},
): Image {
  return {
    digest: digestOf(name),
    tags: [],
    sizeBytes: 1,
    pushedAt: new Date("2026-01-01T00:00:00Z"),
    lastPulledAt: undefined,
    mediaType: isIndex ? INDEX : MANIFEST,
    artifactMediaType: undefined,
    status: "active",
    ...more,
  };
}

/** Makes an index of images by their names. */
export function index(names: readonly string[]): Manifest {
  const manifests = names.map((name) => ({ digest: digestOf(name), mediaType: MANIFEST }));
  const parsed = parseManifest(JSON.stringify({ mediaType: INDEX, manifests }));
  if (!parsed) throw new Error("no index");
  return parsed;
}

/** Makes a map of manifests by digest, from names. */
export function manifestsOf(
  named: Readonly<Record<string, Manifest>>,
): ReadonlyMap<string, Manifest> {
  return new Map(Object.entries(named).map(([name, manifest]) => [digestOf(name), manifest]));
}
