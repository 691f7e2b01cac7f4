import { formatImageReference } from "../../core/imageReference.js";
import type { PushTarget } from "../../core/push/pushTarget.js";

/** What writes the result of a solve, and where to. */
export interface Exporter {
  readonly type: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The engine's own exporter: it knows which of its image stores is in use. */
export const ENGINE_EXPORTER: Exporter = { type: "moby", attributes: {} };

/**
 * Returns the exporter that names an image in the engine and pushes it; for the containerd store.
 *
 * Layers that a base image brings keep their own compression with gzip. Docker's media types have
 * no zstd, so that needs those of the OCI, and layers packed anew.
 * Source: https://github.com/moby/buildkit#imageregistry
 */
export function pushExporter({ references, compression, mediaTypes }: PushTarget): Exporter {
  const zstd = { compression, "force-compression": "true", "oci-mediatypes": "true" };
  return {
    type: "image",
    attributes: {
      name: references.map(formatImageReference).join(","),
      push: "true",
      ...(compression === "zstd" ? zstd : { compression }),
      ...(mediaTypes === "docker" ? { "oci-mediatypes": "false" } : {}),
    },
  };
}
