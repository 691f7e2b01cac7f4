import { invalidParameter } from "./awsError.js";
import { isDigest } from "./digest.js";
import type { JsonObject } from "./json.js";
import { isJsonObject, tryParseObject } from "./json.js";
import { mediaTypes } from "./mediaTypes.js";

/** A reference to other content, as manifests hold it. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly sizeBytes: number;
  /** Whether the content is fetched from elsewhere, so that the registry need not hold it. */
  readonly foreign: boolean;
}

/** What a manifest says about the image. */
export interface Manifest {
  readonly mediaType: string;
  /** The kind of artifact: its own type, else that of its configuration. */
  readonly artifactType?: string;
  readonly config?: Descriptor;
  readonly layers: readonly Descriptor[];
  /** The manifests of an index. */
  readonly children: readonly Descriptor[];
  readonly subject?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * Reads a manifest or an index.
 *
 * @param declaredType The media type that came with it, used when the manifest itself names none.
 * @throws AwsError InvalidParameterException when it is not JSON or not of a type that ECR takes.
 */
export function parseManifest(text: string, declaredType: string | undefined): Manifest {
  const fields = tryParseObject(text);
  if (!fields) throw invalidParameter("ImageManifest", "Invalid JSON syntax");
  const ownType = typeof fields["mediaType"] === "string" ? fields["mediaType"] : undefined;
  const declared = declaredType?.split(";", 1)[0]?.trim();
  if (ownType !== undefined && declared !== undefined && ownType !== declared) {
    throw invalidParameter("ImageManifest", `Media type ${declared} does not match the manifest`);
  }
  const mediaType = ownType ?? declared;
  switch (mediaType) {
    case mediaTypes.dockerManifest:
    case mediaTypes.ociManifest:
      return parseImageManifest(fields, mediaType);
    case mediaTypes.dockerList:
    case mediaTypes.ociIndex:
      return {
        mediaType,
        ...describeArtifact(fields, undefined),
        layers: [],
        children: parseDescriptors(fields["manifests"], "manifests"),
      };
    case undefined:
    default:
      throw invalidParameter("ImageManifest", `Unsupported media type ${mediaType ?? "none"}`);
  }
}

function parseImageManifest(fields: JsonObject, mediaType: string): Manifest {
  const config = parseDescriptor(fields["config"], "config");
  return {
    mediaType,
    ...describeArtifact(fields, config.mediaType),
    config,
    layers: parseDescriptors(fields["layers"], "layers"),
    children: [],
  };
}

function describeArtifact(
  fields: JsonObject,
  configType: string | undefined,
): Pick<Manifest, "artifactType" | "subject" | "annotations"> {
  const ownType = typeof fields["artifactType"] === "string" ? fields["artifactType"] : undefined;
  const artifactType = ownType ?? configType;
  const annotations = isJsonObject(fields["annotations"]) ? fields["annotations"] : undefined;
  const texts = Object.entries(annotations ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return {
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(fields["subject"] === undefined
      ? {}
      : { subject: parseDescriptor(fields["subject"], "subject").digest }),
    ...(annotations ? { annotations: Object.fromEntries(texts) } : {}),
  };
}

function parseDescriptors(value: unknown, field: string): Descriptor[] {
  if (!Array.isArray(value)) throw invalidParameter("ImageManifest", `Missing ${field}`);
  return value.map((each) => parseDescriptor(each, field));
}

function parseDescriptor(value: unknown, field: string): Descriptor {
  if (!isJsonObject(value)) throw invalidParameter("ImageManifest", `Missing ${field}`);
  const { digest, size, mediaType, urls } = value;
  if (typeof digest !== "string" || !isDigest(digest)) {
    throw invalidParameter("ImageManifest", `Invalid digest in ${field}`);
  }
  if (typeof size !== "number" || !Number.isInteger(size) || size < 0) {
    throw invalidParameter("ImageManifest", `Invalid size in ${field}`);
  }
  return {
    digest,
    sizeBytes: size,
    mediaType: typeof mediaType === "string" ? mediaType : "application/octet-stream",
    foreign: Array.isArray(urls) && urls.length > 0,
  };
}
