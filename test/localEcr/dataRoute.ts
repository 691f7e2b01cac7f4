/** What a path of the data plane names. */
export type DataRoute =
  | { readonly kind: "ping" }
  | { readonly kind: "blob"; readonly name: string; readonly digest: string }
  | { readonly kind: "uploads"; readonly name: string }
  | { readonly kind: "upload"; readonly name: string; readonly id: string }
  | { readonly kind: "manifest"; readonly name: string; readonly reference: string }
  | { readonly kind: "tags"; readonly name: string }
  | { readonly kind: "referrers"; readonly name: string; readonly digest: string };

/**
 * Reads a path of the OCI distribution protocol; repository names may contain slashes.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#endpoints
 */
export function tryParseDataRoute(encodedPath: string): DataRoute | undefined {
  const path = tryDecode(encodedPath);
  if (path === undefined) return undefined;
  if (path === "/v2/" || path === "/v2") return { kind: "ping" };
  const uploads = /^\/v2\/(.+)\/blobs\/uploads\/([^/]*)$/.exec(path);
  if (uploads) {
    const [, name = "", id = ""] = uploads;
    return id === "" ? { kind: "uploads", name } : { kind: "upload", name, id };
  }
  const tags = /^\/v2\/(.+)\/tags\/list$/.exec(path);
  if (tags) return { kind: "tags", name: tags[1] ?? "" };
  const [, name = "", noun, last = ""] =
    /^\/v2\/(.+)\/(blobs|manifests|referrers)\/([^/]+)$/.exec(path) ?? [];
  switch (noun) {
    case "blobs":
      return { kind: "blob", name, digest: last };
    case "manifests":
      return { kind: "manifest", name, reference: last };
    case "referrers":
      return { kind: "referrers", name, digest: last };
    case undefined:
    default:
      return undefined;
  }
}

function tryDecode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/**
 * Returns the operation whose permission a request of the data plane needs.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
 */
export function operationOf(route: DataRoute, method: string): string | undefined {
  const reads = method === "GET" || method === "HEAD";
  switch (route.kind) {
    case "ping":
      return undefined;
    case "blob":
      return method === "GET" ? "GetDownloadUrlForLayer" : "BatchCheckLayerAvailability";
    case "uploads":
      return "InitiateLayerUpload";
    case "upload":
      return method === "PUT" ? "CompleteLayerUpload" : "UploadLayerPart";
    case "manifest":
      if (reads) return "BatchGetImage";
      return method === "PUT" ? "PutImage" : "BatchDeleteImage";
    case "tags":
      return "ListImages";
    case "referrers":
      return "BatchGetImage";
  }
}
