import type { Exchange } from "./exchange.js";
import { mediaTypes } from "./mediaTypes.js";
import { OciError } from "./ociError.js";

const mostTags = 1000;

/** Answers a page of tags in lexical order, with a link to the next one. */
export function answerTags(exchange: Exchange): void {
  const { response, url, name } = exchange;
  const limit = Number(url.searchParams.get("n") ?? mostTags);
  if (!Number.isInteger(limit) || limit < 0) {
    throw new OciError("PAGINATION_NUMBER_INVALID", "Invalid number of results", 400);
  }
  const last = url.searchParams.get("last") ?? "";
  const rest = exchange
    .open()
    .images.tags()
    .filter((tag) => tag > last);
  const tags = rest.slice(0, Math.min(limit, mostTags));
  const end = tags.at(-1);
  if (end !== undefined && rest.length > tags.length) {
    const query = new URLSearchParams({ n: String(limit), last: end });
    response.setHeader("link", `</v2/${name}/tags/list?${query.toString()}>; rel="next"`);
  }
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ name, tags }));
}

/** Answers the images that refer to a digest, as an index; an unknown digest has none. */
export function answerReferrers(exchange: Exchange, digest: string): void {
  const { response, url } = exchange;
  const wanted = url.searchParams.get("artifactType");
  if (wanted !== null) response.setHeader("oci-filters-applied", "artifactType");
  const manifests = exchange
    .open()
    .images.referrersOf(digest)
    .filter((image) => wanted === null || image.artifactType === wanted)
    .map((image) => ({
      mediaType: image.mediaType,
      digest: image.digest,
      size: image.manifestBytes,
      artifactType: image.artifactType,
      annotations: image.annotations,
    }));
  response.setHeader("content-type", mediaTypes.ociIndex);
  response.end(JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests }));
}
