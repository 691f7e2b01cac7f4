import type { LoginOwner } from "./loginOwner.js";

/** A base image that a registry did not give, and where the Dockerfile names it. */
interface RefusedBaseImage {
  /** The image as the Dockerfile names it, with arguments filled in. */
  image: string;
  /** The registry's host, `docker.io` for Docker Hub. */
  host: string;
  dockerfile: string;
  /** Counts from 1. */
  line: number | undefined;
  /** Whose login the registry got; undefined where it got none. */
  login: LoginOwner | undefined;
}

/** A cache of a build that a registry did not take. */
interface RefusedCache {
  /** As the build was told it. */
  reference: string;
  host: string;
  repository: string;
  /** Whose login the registry got; undefined where it got none. */
  login: LoginOwner | undefined;
  /** True where the build had pushed its image by then: that comes before the cache. */
  isImagePushed: boolean;
}

/** Who may not do what, as far as a registry tells. */
interface Denied {
  action: string | undefined;
  resource: string | undefined;
  principal: string | undefined;
}

/**
 * What every failure kind carries: the fields that its sentence needs, and nothing else.
 *
 * Kinds are stable identifiers: they appear in logs and tests, and never change once released.
 */
export interface FailureDetails {
  /** No Docker Engine answers on `endpoint`; `tried` lists every endpoint that was asked. */
  "docker-unavailable": { endpoint: string; tried: readonly string[] };
  /** The engine's socket exists, but this user may not open it. */
  "docker-permission-denied": { endpoint: string };
  /** `DOCKER_HOST`, `DOCKER_CONTEXT` or the current context names something unusable. */
  "docker-context-invalid": { name: string; reason: string };
  /** The engine answered a request with an error that no other kind describes. */
  "docker-failed": { operation: string; message: string };
  /** The disk where the engine keeps images and build cache is full. */
  "engine-disk-full": { operation: string };

  /** No AWS credentials were found; `profile` is undefined for the default chain. */
  "credentials-missing": { profile: string | undefined };
  /** The AWS session (SSO, role or login) behind the credentials has ended. */
  "credentials-expired": { profile: string | undefined };
  /** Somebody refused the sign-in in the browser. */
  "sign-in-denied": { profile: string | undefined };
  /** Nobody confirmed the code of the sign-in while it lived. */
  "sign-in-timed-out": { profile: string | undefined };
  /** The sign-in service refused for a reason that no other kind describes. */
  "sign-in-failed": { profile: string | undefined; message: string };
  /** The session can't be written where the AWS tools look for it. */
  "sign-in-unsaved": { path: string; reason: string };
  /** AWS does not know the access key, or the secret does not belong to it. */
  "credentials-rejected": { profile: string | undefined };
  /** The named profile is in neither the config nor the credentials file. */
  "profile-not-found": { profile: string };
  /** No region is set in the settings, the environment or the profile. */
  "region-missing": { profile: string | undefined };
  /** The AWS endpoint can't be reached from this machine. */
  "aws-unreachable": { host: string; region: string };
  /** IAM or a repository policy refuses the action. */
  "access-denied": Denied;
  /** AWS asks for fewer requests. */
  throttled: { operation: string };
  /** An account limit is reached, such as images in a repository. */
  "limit-exceeded": { operation: string; message: string };
  /** ECR answered with an error that no other kind describes. */
  "aws-failed": { operation: string; message: string };

  /** The registry says that the login token has ended. */
  "token-expired": { host: string };
  /** The registry does not accept the login token, or got none. */
  "registry-unauthorized": { host: string };
  /** The registry answers with a server error. */
  "registry-unavailable": { host: string; message: string };
  /** The engine can't reach the registry (DNS, proxy, TLS, refused connection). */
  "registry-unreachable": { host: string; message: string };

  /** The repository does not exist in this registry. */
  "repository-not-found": {
    repository: string;
    registryId: string | undefined;
  };
  /** A repository of this name exists already. */
  "repository-exists": { repository: string };
  /** The tag is taken, and the repository does not let it move. */
  "tag-immutable": { repository: string; tag: string };
  /** No image carries this tag or digest. */
  "image-not-found": { reference: string };

  /** A name, tag, region, profile or setting is not valid; `reason` is a sentence fragment. */
  "invalid-input": { field: InputField; value: string; reason: string };
  /** The Dockerfile is not there, is a folder, or can't be read. */
  "dockerfile-unreadable": { path: string; reason: string };
  /** The Dockerfile holds no instruction. */
  "dockerfile-empty": { path: string };
  /** A file or folder of the build context can't be read. */
  "context-unreadable": { path: string; reason: string };
  /** Lines can't be added to the ignore file. */
  "ignore-file-unwritable": { path: string; reason: string };
  /** A build step failed, or the Dockerfile has a syntax error; `line` counts from 1. */
  "build-failed": {
    dockerfile: string;
    line: number | undefined;
    /** The last line of the instruction, where the engine tells it. */
    endLine?: number;
    step: string | undefined;
    message: string;
    /** The last lines that the step wrote. */
    output?: readonly string[];
  };
  /** A step mounts a secret that it can't do without, and the build was given none. */
  "secret-missing": { dockerfile: string; id: string; line: number | undefined };
  /** What was chosen for a build can't be used, or not any more; `reason` is a sentence fragment. */
  "build-option-invalid": { option: BuildOptionName; name: string; reason: string };
  /** The builder that the engine has can't do what the build asks for; `reason` says why this one. */
  "builder-lacks": { feature: BuilderFeature; reason: string };
  /** The registry of a base image wants a login, or another one than it got. */
  "base-image-unauthorized": RefusedBaseImage;
  /** The registry of a base image knows the login and refuses the image. */
  "base-image-denied": RefusedBaseImage & Denied;
  /** The registry has no base image of this name, or hides it. */
  "base-image-not-found": RefusedBaseImage;
  /** The registry of a build's cache wants a login, or another one than it got. */
  "cache-unauthorized": RefusedCache;
  /** The registry of a build's cache knows the login and does not let it write. */
  "cache-denied": RefusedCache & Denied;
  /** The registry has no repository for a build's cache. */
  "cache-repository-not-found": RefusedCache;
  /** This engine builds for one platform at a time; `reason` is a sentence fragment. */
  "platforms-unsupported": {
    platforms: readonly string[];
    reason: string;
    imageStore: "classic" | "containerd";
  };
  /** A step runs a program that the engine can't: it is of another platform, without an emulator. */
  "emulator-missing": {
    dockerfile: string;
    line: number | undefined;
    step: string | undefined;
    platforms: readonly string[];
  };
  /** A step needs an SSH agent that the build was not lent; its `id` is mostly `default`. */
  "ssh-agent-missing": { dockerfile: string; id: string; line: number | undefined };
  /** No SSH agent answers at `path`; undefined where the machine names none. */
  "ssh-agent-unavailable": { path: string | undefined; reason: string };
  /** A connection of a build broke off, while the engine still answers. */
  "session-lost": { reason: string };
  /** The registry or the engine refused the push for a reason that no other kind describes. */
  "push-failed": { reference: string; message: string };
  /** The engine's answer ended before it said how the operation ended. */
  "stream-truncated": { operation: string };
  /** The push ended, but ECR does not show the digest that was pushed. */
  "push-unverified": { reference: string; digest: string };

  /** Nobody foresaw this; the cause says more. */
  unexpected: { message: string };
}

/** What not every builder can do. */
export type BuilderFeature = "secrets" | "ssh" | "contexts" | "cache-to" | "exporter";

/** Every kind of failure that a user can meet. */
export type ErrorKind = keyof FailureDetails;

/** The kinds of input that are validated before any work starts. */
export type InputField =
  | "repository"
  | "tag"
  | "digest"
  | "reference"
  | "region"
  | "profile"
  | "endpoint"
  | "platform"
  | "build-argument"
  | "label"
  | "host"
  | "context"
  | "cache";

/** The choices for a build that can turn out to be unusable. */
export type BuildOptionName = "target" | "secret" | "build-argument" | "ssh";

/** One failure: its kind and the fields of that kind, as a discriminated union. */
export type Failure = {
  [K in ErrorKind]: { readonly kind: K } & Readonly<FailureDetails[K]>;
}[ErrorKind];

/** The one error class of the extension: a failure for the user, and its cause for the log. */
export class EcrError extends Error {
  override readonly name = "EcrError";

  constructor(
    readonly failure: Failure,
    options?: { cause?: unknown },
  ) {
    super(describe(failure), options);
  }
}

/** Tells whether an error says that the work was cancelled rather than that it failed. */
export function isCancellation(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** Returns the error of a cancelled action, for code that has no signal to ask. */
export function cancellation(): Error {
  return new DOMException("The operation was cancelled", "AbortError");
}

/** Wraps what nobody foresaw, and leaves cancellations and known failures as they are. */
export function asEcrError(error: unknown): Error {
  if (error instanceof EcrError || (error instanceof Error && isCancellation(error))) {
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  return new EcrError({ kind: "unexpected", message }, { cause: error });
}

/** A line for logs: kind first, variable parts last, never a secret. */
function describe(failure: Failure): string {
  const { kind, ...details } = failure;
  return `${kind} ${JSON.stringify(details)}`;
}
