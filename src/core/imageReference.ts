import { EcrError } from "./errors.js";
import type { InputField } from "./failures/inputFailures.js";

/**
 * A reference to an image in a registry, parsed once at the door.
 *
 * Grammar: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
 */
export interface ImageReference {
  /** The registry's host with its port, without a scheme. */
  readonly host: string;
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

// ECR: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
const REPOSITORY =
  /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const DIGEST = /^sha256:[a-f0-9]{64}$/;
const HOST = /^(?:[A-Za-z0-9-]+\.)*[A-Za-z0-9-]+(?::[0-9]{1,5})?$/;
const REGION = /^[a-z]{2,}(?:-[a-z]+)+-\d+$/;
const PLATFORM = /^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9]+)?$/;

/** Docker clients accept at most this many characters of host and repository name together. */
const MAX_NAME_LENGTH = 255;

/** Returns the repository name, or throws `invalid-input` with the rule that it breaks. */
export function parseRepositoryName(text: string): string {
  if (text.length < 2 || text.length > 256) {
    throw invalid("repository", text, "it needs 2 to 256 characters");
  }
  if (/[A-Z]/.test(text)) {
    throw invalid("repository", text, "upper-case letters are not allowed");
  }
  if (!REPOSITORY.test(text)) {
    throw invalid(
      "repository",
      text,
      "each part between slashes is made of a-z and 0-9, joined by single . _ - (or __ or more -)",
    );
  }
  return text;
}

/** Returns the tag, or throws `invalid-input` with the rule that it breaks. */
export function parseTag(text: string): string {
  if (text.length === 0 || text.length > 128) {
    throw invalid("tag", text, "it needs 1 to 128 characters");
  }
  if (!TAG.test(text)) {
    throw invalid(
      "tag",
      text,
      "it is made of letters, digits and . _ - and does not start with . or -",
    );
  }
  return text;
}

/** Returns the digest, or throws `invalid-input`. */
export function parseDigest(text: string): string {
  if (!DIGEST.test(text)) {
    throw invalid("digest", text, "it is sha256: and 64 hexadecimal digits");
  }
  return text;
}

/** Returns the AWS region, or throws `invalid-input`. */
export function parseRegion(text: string): string {
  if (!REGION.test(text)) {
    throw invalid("region", text, "a region looks like eu-west-1");
  }
  return text;
}

/** Returns the AWS profile name, or throws `invalid-input`. */
export function parseProfileName(text: string): string {
  if (!/^[^\s[\]#;=]+$/.test(text)) {
    throw invalid("profile", text, "it is one word without brackets, # ; or =");
  }
  return text;
}

/** Returns the endpoint's origin without a trailing slash, or throws `invalid-input`. */
export function parseEndpoint(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["http:", "https:"].includes(url.protocol)) {
    throw invalid("endpoint", text, "it is a URL such as https://api.ecr.eu-west-1.amazonaws.com");
  }
  if (url.username || url.password) {
    throw invalid("endpoint", url.origin, "it holds no user name or password");
  }
  return url.href.replace(/\/$/, "");
}

/** Returns the platform (`os/architecture[/variant]`), or throws `invalid-input`. */
export function parsePlatform(text: string): string {
  if (!PLATFORM.test(text)) {
    throw invalid("platform", text, "a platform looks like linux/amd64");
  }
  return text;
}

/** Parses `host/repository[:tag][@digest]`, or throws `invalid-input`. */
export function parseImageReference(text: string): ImageReference {
  const [name, digest] = splitOnce(text, text.indexOf("@"));
  const slash = name.indexOf("/");
  const colon = name.lastIndexOf(":");
  const [path, tag] = splitOnce(name, colon > slash ? colon : -1);
  const host = path.slice(0, slash);
  if (slash < 1 || !HOST.test(host)) {
    throw invalid("reference", text, "it starts with a registry host and a slash");
  }
  return makeReference(host, path.slice(slash + 1), { tag, digest });
}

/**
 * Parses a name as people give it to local images, `api:dev` or `host/name:tag`; the tag defaults
 * to `latest`.
 *
 * A name without a host belongs to Docker Hub's `library`, which engines leave out when they show it.
 * Source: https://github.com/distribution/reference/blob/main/normalize.go
 */
export function parseLocalName(text: string): ImageReference {
  // Without a slash there is no host, and a colon starts the tag.
  const first = text.slice(0, Math.max(0, text.indexOf("/")));
  const hasHost = /[.:]/.test(first) || first === "localhost";
  const inHub = text.includes("/") ? text : `library/${text}`;
  const parsed = parseImageReference(hasHost ? text : `docker.io/${inHub}`);
  return { ...parsed, tag: parsed.tag ?? "latest" };
}

/** Returns the name as it was typed when `parseLocalName` accepts it. */
export function checkLocalName(text: string): string {
  parseLocalName(text);
  return text;
}

/** Builds a reference from a repository's URI (`host/name`) and a tag or digest. */
export function makeReferenceFromUri(
  repositoryUri: string,
  target: { tag?: string | undefined; digest?: string | undefined },
): ImageReference {
  const slash = repositoryUri.indexOf("/");
  return makeReference(repositoryUri.slice(0, slash), repositoryUri.slice(slash + 1), target);
}

/** Formats a reference as Docker and Kubernetes read it: `host/repository[:tag][@digest]`. */
export function formatImageReference(reference: ImageReference): string {
  const { host, repository, tag, digest } = reference;
  return `${host}/${repository}${tag ? `:${tag}` : ""}${digest ? `@${digest}` : ""}`;
}

function makeReference(
  host: string,
  repository: string,
  target: { tag?: string | undefined; digest?: string | undefined },
): ImageReference {
  if (host.length + 1 + repository.length > MAX_NAME_LENGTH) {
    throw invalid(
      "repository",
      repository,
      `host and name together are longer than ${String(MAX_NAME_LENGTH)}`,
    );
  }
  return {
    host,
    repository: parseRepositoryName(repository),
    tag: target.tag === undefined ? undefined : parseTag(target.tag),
    digest: target.digest === undefined ? undefined : parseDigest(target.digest),
  };
}

function splitOnce(text: string, at: number): [string, string | undefined] {
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function invalid(field: InputField, value: string, reason: string): EcrError {
  return new EcrError({ kind: "invalid-input", field, value, reason });
}
