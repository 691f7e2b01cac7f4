import { formatTarget, type RegistryErrorRow } from "./registryErrorRow.js";
import {
  CONTAINERD_ERRORS,
  DISTRIBUTION_CLIENT,
  DISTRIBUTION_CODES,
  ERRORS_GUIDE,
  MOBY_PULL,
} from "./sources.js";

/** What a registry holds, does not hold, or does not take, in its own words. */
export const SPOKEN_CONTENT_ERRORS: readonly RegistryErrorRow[] = [
  {
    id: "repository-not-found",
    pattern: /repository with name '([^']+)' does not exist in the registry with id '(\d{12})'/i,
    source: ERRORS_GUIDE,
    only: "push",
    toFailure: ([, repository = "", registryId]) => ({
      kind: "repository-not-found",
      repository,
      registryId,
    }),
  },
  {
    id: "tag-immutable",
    pattern: /image tag '([^']+)' already exists in the '([^']+)' repository and cannot be over/i,
    source: "https://github.com/aws/containers-roadmap/issues/862",
    toFailure: ([, tag = "", repository = ""]) => ({ kind: "tag-immutable", repository, tag }),
  },
  {
    id: "layer-lost",
    pattern: /blob unknown|layers with digests .* do not exist/i,
    source: DISTRIBUTION_CODES,
    only: "push",
    toFailure: (_, target) => ({ kind: "layer-lost", reference: formatTarget(target) }),
  },
  {
    id: "manifest-rejected",
    pattern:
      /(?:^|: )(?:unsupported|manifest invalid): (.+?)(?:\), |$)|(invalid parameter at 'ImageManifest'.*)/i,
    source: "https://github.com/moby/buildkit/issues/1143",
    only: "push",
    toFailure: ([, coded, bare], target, message) => ({
      kind: "manifest-rejected",
      reference: formatTarget(target),
      message: coded ?? bare ?? message,
    }),
  },
  {
    // Older engines, newer ones and BuildKit, and Podman:
    // https://github.com/moby/moby/blob/v26.1.5/distribution/pull_v2.go
    // https://github.com/containerd/containerd/blob/v1.7.24/images/image.go
    // https://github.com/containers/image/blob/v5.23.1/internal/image/docker_list.go
    id: "platform-missing",
    pattern:
      /no matching manifest for (\S+) in the manifest list|no match for platform in manifest|no image found in (?:manifest list|image index) for architecture (\w+), variant "[^"]*", OS (\w+)/i,
    source: "https://github.com/moby/moby/blob/v26.1.5/distribution/pull_v2_unix.go",
    only: "pull",
    toFailure: ([, platform, architecture, os], target) => ({
      kind: "base-image-platform-missing",
      image: formatTarget(target),
      host: target.host,
      dockerfile: "",
      line: undefined,
      login: undefined,
      platform: platform ?? (architecture && os ? `${os}/${architecture}` : undefined),
    }),
  },
];

/** What a registry, or the engine itself, does not have, by a code or a status alone. */
export const VAGUE_CONTENT_ERRORS: readonly RegistryErrorRow[] = [
  {
    // Podman's words: https://github.com/containers/storage/blob/v1.44.0/errors.go
    id: "local-image-not-found",
    pattern: /image does not exist locally|tag does not exist|no such image|: image not known/i,
    source: "https://github.com/moby/moby/blob/master/daemon/containerd/image_push.go",
    only: "push",
    toFailure: (_, target) => ({ kind: "image-not-found", reference: formatTarget(target) }),
  },
  {
    id: "repository-not-found-code",
    pattern: /name unknown|name_unknown|repository name not known/i,
    source: DISTRIBUTION_CODES,
    only: "push",
    toFailure: (_, { repository }) => ({
      kind: "repository-not-found",
      repository,
      registryId: undefined,
    }),
  },
  {
    // The containerd image store drops the registry's words, up to Docker Engine 28.
    id: "repository-not-found-status",
    pattern: /unexpected status from [a-z]+ request to \S+: 404\b/i,
    source: CONTAINERD_ERRORS,
    only: "push",
    toFailure: (_, { repository }) => ({
      kind: "repository-not-found",
      repository,
      registryId: undefined,
    }),
  },
];

/** What a pull does not find, after the refusals. */
export const PULLED_CONTENT_ERRORS: readonly RegistryErrorRow[] = [
  {
    id: "image-not-found",
    pattern: /: (?:name|manifest) unknown|: not found$|http 404 response body/im,
    source: MOBY_PULL,
    only: "pull",
    toFailure: (_, target) => ({ kind: "image-not-found", reference: formatTarget(target) }),
  },
  {
    id: "registry-unavailable",
    pattern:
      /http (?:status: )?5\d\d|unexpected status .*\b5\d\d\b|internal server error|service unavailable|bad gateway|gateway timeout/i,
    source: DISTRIBUTION_CLIENT,
    toFailure: (_, { host }, message) => ({ kind: "registry-unavailable", host, message }),
  },
];
