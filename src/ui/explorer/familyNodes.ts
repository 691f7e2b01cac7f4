import type { ImageFamily, PlatformImage } from "../../core/images/foldImages.js";
import type { Image } from "../../core/registry.js";
import type { ImageNode, PlaceInFamily } from "./registryNodes.js";

/** Makes the rows below an image: its platforms, then what is attached to it. */
export function familyNodes(parent: ImageNode, family: ImageFamily): ImageNode[] {
  const { location, repository } = parent;
  const place = (image: Image, within: PlaceInFamily): ImageNode => {
    return { kind: "image", location, repository, image, within };
  };
  return [
    ...family.platforms.map((platform) =>
      place(platform.image ?? imageOf(platform), {
        parent,
        role: "platform",
        platform: platform.entry.platform,
      }),
    ),
    ...family.attached.map(({ image, role }) =>
      place(image, { parent, role, platform: undefined }),
    ),
  ];
}

/** What an index tells of an image that the list of images has not shown yet. */
function imageOf({ entry: { digest, mediaType } }: PlatformImage): Image {
  return {
    digest,
    tags: [],
    sizeBytes: undefined,
    pushedAt: undefined,
    lastPulledAt: undefined,
    mediaType,
    artifactMediaType: undefined,
    status: "active",
  };
}
