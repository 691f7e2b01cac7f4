import { invalidParameter } from "../awsError.js";
import type { Call, OpenRepository, Operation } from "../call.js";
import { openRepository } from "../call.js";
import { epochSeconds } from "../epochSeconds.js";
import { findImage } from "../findImage.js";
import type { ImageFilter } from "../imageFilter.js";
import { parseImageFilter, passesFilter } from "../imageFilter.js";
import type { ImageId } from "../imageId.js";
import { parseImageId } from "../imageId.js";
import type { KeyedRow, PageRequest } from "../paging.js";
import { parsePageRequest, takePage } from "../paging.js";
import type { ImageRecord } from "../records.js";

/** The operations that list images. */
export const imageListOperations: Readonly<Record<string, Operation>> = {
  DescribeImages(call) {
    const open = openRepository(call);
    const ids = call.input.optionalObjects("imageIds", 1, 100)?.map(parseImageId);
    const filter = parseImageFilter(call.input);
    const request = parseListPage(call, open, "images", filter, "imageIds");
    if (ids) {
      const found = new Map(
        ids.map((id) => findImage(open, id)).map((each) => [each.digest, each]),
      );
      return { imageDetails: [...found.values()].map((image) => describe(open, image)) };
    }
    const rows = matching(open, filter, request, (image) => [image]);
    const { rows: page, nextToken } = takePage(rows, request);
    return { imageDetails: page.map((image) => describe(open, image)), nextToken };
  },

  ListImages(call) {
    const open = openRepository(call);
    const filter = parseImageFilter(call.input);
    const request = parseListPage(call, open, "imageIds", filter);
    const { rows, nextToken } = takePage(matching(open, filter, request, idsOf), request);
    return { imageIds: rows, nextToken };
  },
};

function parseListPage(
  { input }: Call,
  { key, repository }: OpenRepository,
  list: string,
  filter: ImageFilter,
  exclusive?: string,
): PageRequest {
  const name = `${list}/${key.account}/${key.region}/${repository.name}`;
  const request = parsePageRequest(
    input,
    `${name}?${filter.tagStatus}&${filter.imageStatus}`,
    exclusive,
  );
  if (typeof request.cursor?.key === "string") {
    throw invalidParameter("nextToken", "Invalid nextToken");
  }
  return request;
}

function* matching<Row>(
  { images }: OpenRepository,
  filter: ImageFilter,
  request: PageRequest,
  rowsOf: (image: ImageRecord) => readonly Row[],
): Generator<KeyedRow<Row>> {
  for (const image of images.from(Number(request.cursor?.key ?? 0))) {
    if (!passesFilter(image, filter)) continue;
    for (const row of rowsOf(image)) yield { key: image.sequence, row };
  }
}

/** One id for each tag, or one without a tag. */
function idsOf({ digest, tags }: ImageRecord): ImageId[] {
  if (tags.length === 0) return [{ imageDigest: digest }];
  return tags.map((tag) => ({ imageDigest: digest, imageTag: tag }));
}

function describe({ key, repository }: OpenRepository, image: ImageRecord): object {
  return {
    registryId: key.account,
    repositoryName: repository.name,
    imageDigest: image.digest,
    imageTags: image.tags.length > 0 ? image.tags : undefined,
    imageSizeInBytes: image.sizeBytes,
    imagePushedAt: epochSeconds(image.pushedAt),
    imageManifestMediaType: image.mediaType,
    artifactMediaType: image.artifactMediaType,
    lastRecordedPullTime: epochSeconds(image.pulledAt),
    subjectManifestDigest: image.subject,
    imageStatus: image.status,
    lastArchivedAt: epochSeconds(image.archivedAt),
    lastActivatedAt: epochSeconds(image.activatedAt),
  };
}
