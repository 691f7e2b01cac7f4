import type { LocalImage } from "../../core/enginePorts.js";
import type { EcrPlace } from "../../core/images/inEcr.js";

/** An image of the engine. */
export interface LocalImageNode {
  readonly kind: "localImage";
  readonly image: LocalImage;
  /** Undefined while it is not read. */
  readonly platform: string | undefined;
  /** Where it is in ECR, as far as that is known. */
  readonly places: readonly EcrPlace[];
}

/** The row that holds the images that nothing names any more. */
export interface DanglingNode {
  readonly kind: "dangling";
  readonly images: readonly LocalImage[];
}

/** Every row of the local images. */
export type LocalImagesNode = LocalImageNode | DanglingNode;

/** Tells whether neither a tag nor a digest of a repository names an image. */
export function isDangling({ references, digests }: LocalImage): boolean {
  return references.length === 0 && digests.length === 0;
}
