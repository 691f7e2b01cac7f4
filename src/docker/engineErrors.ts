import type { Failure } from "../core/errors.js";

/** What was asked of a registry when it failed. */
export interface RegistryTarget {
  readonly operation: "push" | "pull";
  readonly host: string;
  readonly repository: string;
  readonly tag: string | undefined;
}

interface Row {
  readonly pattern: RegExp;
  /** Where the text comes from. */
  readonly source: string;
  /** Rows for one operation only: in the other the same words mean something else. */
  readonly only?: RegistryTarget["operation"];
  readonly toFailure: (match: RegExpExecArray, target: RegistryTarget, message: string) => Failure;
}

/**
 * Turns an engine's message about a registry into a failure; undefined when no row knows it.
 *
 * Engines wrap the registry's words in different ways (`denied: …`, `error from registry: …`), so
 * rows look for the words and not for the wrapping. The first row that matches wins.
 */
export function toRegistryFailure(message: string, target: RegistryTarget): Failure | undefined {
  for (const row of ROWS) {
    if (row.only && row.only !== target.operation) continue;
    const match = row.pattern.exec(message);
    if (match) return row.toFailure(match, target, message);
  }
  return undefined;
}

/**
 * Tells whether an engine quotes only the status of a registry's refusal, and not the body that
 * says why; what is busy or broken says enough by its status.
 *
 * So do builds that push, up to Docker Engine 28:
 * https://github.com/containerd/containerd/blob/v1.7.13/remotes/errors/errors.go
 */
export function isWordlessRefusal(message: string): boolean {
  return /unexpected status from [A-Z]+ request to \S+: 4(?!29)\d\d [\w ]+$/.test(message);
}

const ERRORS_GUIDE =
  "https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors-docker.html";
const DISTRIBUTION_CODES =
  "https://github.com/distribution/distribution/blob/main/registry/api/errcode/register.go";
const MOBY_PUSH = "https://github.com/moby/moby/blob/v20.10.24/distribution/errors.go";
const MOBY_CONTAINERD = "https://github.com/moby/moby/blob/master/daemon/containerd/image_push.go";
const MOBY_PULL = "https://github.com/moby/moby/blob/v26.1.5/distribution/errors.go";
const CONTAINERD_ERRORS =
  "https://github.com/containerd/containerd/blob/v1.7.24/remotes/errors/errors.go";
const DISTRIBUTION_CLIENT =
  "https://github.com/distribution/distribution/blob/v2.8.2/registry/client/errors.go";

const ROWS: readonly Row[] = [
  {
    pattern: /authorization token has expired/i,
    source: "https://github.com/aws/aws-cli/issues/6580",
    toFailure: (_, { host }) => ({ kind: "token-expired", host }),
  },
  {
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
    pattern: /image tag '([^']+)' already exists in the '([^']+)' repository and cannot be over/i,
    source: "https://github.com/aws/containers-roadmap/issues/862",
    toFailure: ([, tag = "", repository = ""]) => ({ kind: "tag-immutable", repository, tag }),
  },
  {
    pattern:
      /User: (\S+) is not authorized to perform: (\S+?)(?: on resource: (\S+?))?(?:[\s,;]|$)/i,
    source: ERRORS_GUIDE,
    toFailure: ([, principal, action, resource]) => ({
      kind: "access-denied",
      action,
      resource,
      principal,
    }),
  },
  {
    pattern: /toomanyrequests|rate exceeded|429 too many requests|too many requests/i,
    source: ERRORS_GUIDE,
    toFailure: (_, { operation }) => ({ kind: "throttled", operation }),
  },
  {
    pattern: /limit ?exceeded|exceeds? .*limit|quota|reached (?:its|the) (?:limit|maximum)/i,
    source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html",
    toFailure: (_, { operation }, message) => ({ kind: "limit-exceeded", operation, message }),
  },
  {
    // Docker Hub's words for what is not there and for what is private alike.
    pattern: /insufficient_scope|requested access to the resource is denied/i,
    source: "https://distribution.github.io/distribution/spec/auth/token/#unauthorized-errors",
    only: "pull",
    toFailure: (_, target) => ({ kind: "image-not-found", reference: formatTarget(target) }),
  },
  {
    // Before `access denied`, which the containerd image store puts in front of these words.
    pattern:
      /no basic auth credentials|unauthorized|authentication required|authorization failed|invalid username\/password|status: 401/i,
    source: ERRORS_GUIDE,
    toFailure: (_, { host }) => ({ kind: "registry-unauthorized", host }),
  },
  {
    // Podman's words: https://github.com/containers/storage/blob/v1.44.0/errors.go
    pattern: /image does not exist locally|tag does not exist|no such image|: image not known/i,
    source: MOBY_CONTAINERD,
    only: "push",
    toFailure: (_, target) => ({ kind: "image-not-found", reference: formatTarget(target) }),
  },
  {
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
    pattern: /unexpected status from [a-z]+ request to \S+: 404\b/i,
    source: CONTAINERD_ERRORS,
    only: "push",
    toFailure: (_, { repository }) => ({
      kind: "repository-not-found",
      repository,
      registryId: undefined,
    }),
  },
  {
    // ECR answers HEAD with 403 and no body, so nothing tells which permission is missing.
    pattern: /http 403 response body|unexpected status .*\b403\b|403 \(?forbidden/i,
    source: DISTRIBUTION_CLIENT,
    toFailure: () => ACCESS_DENIED,
  },
  {
    pattern: /(?:^|: )denied: |access denied|access to the resource is denied/i,
    source: DISTRIBUTION_CODES,
    only: "push",
    toFailure: () => ACCESS_DENIED,
  },
  {
    pattern: /: denied: /i,
    source: MOBY_PULL,
    only: "pull",
    toFailure: () => ACCESS_DENIED,
  },
  {
    pattern: /: (?:name|manifest) unknown|: not found$|http 404 response body/im,
    source: MOBY_PULL,
    only: "pull",
    toFailure: (_, target) => ({ kind: "image-not-found", reference: formatTarget(target) }),
  },
  {
    pattern:
      /http (?:status: )?5\d\d|unexpected status .*\b5\d\d\b|internal server error|service unavailable|bad gateway|gateway timeout/i,
    source: DISTRIBUTION_CLIENT,
    toFailure: (_, { host }, message) => ({ kind: "registry-unavailable", host, message }),
  },
  {
    pattern:
      /no such host|server misbehaving|connection refused|i\/o timeout|x509:|tls: |tls handshake|gave HTTP response to HTTPS client|connection reset|broken pipe|\bEOF\b|proxyconnect|no route to host|network is unreachable|deadline exceeded|client\.timeout/i,
    source: MOBY_PUSH,
    toFailure: (_, { host }, message) => ({ kind: "registry-unreachable", host, message }),
  },
];

const ACCESS_DENIED: Failure = {
  kind: "access-denied",
  action: undefined,
  resource: undefined,
  principal: undefined,
};

function formatTarget({ host, repository, tag }: RegistryTarget): string {
  return `${host}/${repository}${tag ? `:${tag}` : ""}`;
}
