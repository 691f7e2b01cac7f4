import type { Attestations } from "./build/attestations.js";
import type {
  ContextEvent,
  LogEvent,
  PushingEvent,
  StatusEvent,
  StepEvent,
  WarningEvent,
} from "./build/buildEvents.js";
import type { CacheTarget } from "./build/cacheTarget.js";
import type { LocalContainer, PullEvent, PullFromRegistry } from "./images/engineImages.js";
import type { ImageReference } from "./imageReference.js";
import type { NamedContext } from "./build/namedContext.js";
import type { FindToken } from "./ports.js";
import type { PushTarget } from "./push/pushTarget.js";
import type { RegistryToken } from "./login/registryToken.js";

/** A Docker-compatible engine that builds, tags, pushes, pulls and removes images. */
export interface ImageEngine {
  /** Finds the engine and says what it is; fails with a `docker-*` kind. */
  describe(signal: AbortSignal): Promise<EngineDescription>;
  /** Looks more closely at the engine than each push needs; fails with a `docker-*` kind. */
  inspect(signal: AbortSignal): Promise<EngineDetails>;
  /** Reads the disk where the engine keeps images; undefined where that is on another machine. */
  readDisk(signal: AbortSignal): Promise<EngineDisk | undefined>;
  /**
   * Looks at the Dockerfile, the ignore rules and the options without asking the engine; fails with
   * `dockerfile-unreadable`, `dockerfile-empty`, `context-unreadable`, `secret-missing`,
   * `ssh-agent-missing` or `build-option-invalid`.
   */
  checkBuild(request: BuildRequest): Promise<void>;
  /**
   * Asks the engine whether its builder can do what the options ask for, and changes nothing; fails
   * with `builder-lacks`, `platforms-unsupported`, `ssh-agent-unavailable` or a `docker-*` kind.
   */
  checkBuilder(request: BuildRequest, signal: AbortSignal): Promise<void>;
  /** Builds a Dockerfile and returns the image's id; an abort stops the engine's work. */
  build(request: BuildRequest, signal: AbortSignal): AsyncGenerator<BuildEvent, BuiltImage, void>;
  /**
   * Builds a Dockerfile and pushes the image while it does, with the request's tokens; for engines
   * whose description gives no reason against it.
   *
   * The image gets the names before it is pushed. An abort stops build and upload.
   */
  buildAndPush(
    request: BuildRequest,
    target: PushTarget,
    signal: AbortSignal,
  ): AsyncGenerator<BuildEvent, DirectPush, void>;
  /** Makes `reference` name the image, moving it when it named another one. */
  tag(imageId: string, reference: ImageReference, signal: AbortSignal): Promise<void>;
  /**
   * Removes a name from an image; a name that is gone is no error.
   *
   * Engines drop an image with its last name, and keep the layers that a next build starts from.
   */
  untag(reference: ImageReference, signal: AbortSignal): Promise<void>;
  /** Returns the local image of this id or reference, or undefined. */
  findImage(idOrReference: string, signal: AbortSignal): Promise<LocalImage | undefined>;
  /** Lists the platforms of a local image: one, or those of an index. */
  listPlatforms(imageId: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Lists the engine's images, newest first, without intermediate ones. */
  listImages(signal: AbortSignal): Promise<readonly LocalImage[]>;
  /** Pushes a tagged reference and returns the digest that the engine reports. */
  push(
    reference: ImageReference,
    token: RegistryToken,
    signal: AbortSignal,
  ): AsyncGenerator<LayerEvent, PushedManifest, void>;
  /**
   * Reads the platforms of images, such as `linux/arm64/v8`, by their ids; of an index it is the one
   * that the engine would run. Images that are gone are not in the answer.
   */
  readPlatforms(
    imageIds: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, string>>;
  /** Lists the containers of the engine, those that do not run too. */
  listContainers(signal: AbortSignal): Promise<readonly LocalContainer[]>;
  /**
   * Removes an image with all its names; one that is gone is no error.
   *
   * Fails with `image-in-use` when a container was made of it, and keeps all names then. `isForced`
   * removes it all the same when no such container runs; see `LocalContainer.goesWithImage`.
   */
  removeImage(imageId: string, isForced: boolean, signal: AbortSignal): Promise<void>;
  /**
   * Pulls an image by its digest and returns it; an abort stops the engine's work.
   *
   * The token travels only when it is for the reference's host. Fails with `image-not-found`,
   * `platform-missing`, `access-denied`, `token-expired`, `registry-*`, `engine-disk-full`,
   * `stream-truncated` or `pull-failed`.
   */
  pull(
    request: PullFromRegistry,
    token: RegistryToken | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<PullEvent, LocalImage, void>;
}

/** What engine answers, and where. */
export interface EngineDescription {
  /** The product, such as `Docker Engine` or `Podman Engine`. */
  readonly name: string;
  readonly version: string;
  /** The address in use, such as `unix:///var/run/docker.sock`. */
  readonly endpoint: string;
  /** What chose the address, such as `DOCKER_HOST` or `context "colima"`. */
  readonly chosenBy: string;
  /** The platform it builds by default, such as `linux/amd64`. */
  readonly platform: string;
  /** Where it keeps images: in layers of its own kind, or as registries do, in containerd. */
  readonly imageStore: "classic" | "containerd";
  /**
   * Why a build can neither push what it makes nor be of several platforms, as a sentence fragment;
   * undefined where it can.
   */
  readonly reasonAgainstDirectPush: string | undefined;
}

/** What is worth knowing of an engine when something is wrong. */
export interface EngineDetails {
  /** Why builds do without BuildKit, as a sentence fragment; undefined where they use it. */
  readonly reasonAgainstBuildKit: string | undefined;
}

/** Space on the disk of an engine, in bytes. */
export interface EngineDisk {
  readonly path: string;
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** What to build. */
export interface BuildRequest {
  /** Absolute path of the Dockerfile; it may lie outside the context. */
  readonly dockerfile: string;
  /** Absolute path of the folder whose files the build may copy. */
  readonly context: string;
  /** The platforms to build, such as `linux/amd64`; none means the engine's own. */
  readonly platforms: readonly string[];
  /** Finds tokens for the registries that the build asks; undefined means that none gets one. */
  readonly findToken?: FindToken;
  /** What else the build is given; undefined means what the Dockerfile says. */
  readonly options?: BuildOptions;
}

/** What people choose for one build, as with the options of `docker build`. */
export interface BuildOptions {
  /** The stage to build; undefined means the last. */
  readonly target?: string;
  /** Values for the Dockerfile's `ARG`s. */
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  /** Runs every step anew. */
  readonly noCache?: boolean;
  /** Asks the registries for newer base images, even where the engine has one. */
  readonly pull?: boolean;
  /** The network of `RUN` steps; undefined means the engine's own. */
  readonly network?: "none" | "host";
  /** Addresses of further hosts, by name. */
  readonly hosts?: Readonly<Record<string, string>>;
  /** Values for `RUN --mount=type=secret`, by id; each is read when a step asks for it. */
  readonly secrets?: Readonly<Record<string, () => Promise<Uint8Array>>>;
  /**
   * SSH agents for `RUN --mount=type=ssh`, by id, which is `default` where a step names none.
   *
   * Each is the absolute path of an agent's socket, or of its pipe on Windows; undefined means the
   * user's own agent. Without an agent that answers, the build fails with `ssh-agent-unavailable`
   * before it starts.
   */
  readonly ssh?: Readonly<Record<string, string | undefined>>;
  /** Further contexts, by the name that the Dockerfile uses for each. */
  readonly contexts?: Readonly<Record<string, NamedContext>>;
  /** References whose cache, inline or on its own, may stand in for steps; a missing one is none. */
  readonly cacheFrom?: readonly string[];
  readonly cacheTo?: readonly CacheTarget[];
  /** What is attached to the image; nothing where undefined. */
  readonly attestations?: Attestations;
  /** Labels that count only where the Dockerfile sets none of the same name. */
  readonly defaultLabels?: Readonly<Record<string, string>>;
}

/** What a build says while it runs. */
export type BuildEvent =
  StepEvent | StatusEvent | ContextEvent | LogEvent | WarningEvent | PushingEvent;

/** The end of a successful build. */
export interface BuiltImage {
  /** The engine's id of the image, `sha256:…`. */
  readonly imageId: string;
}

/** The end of a build that was to push: the digest, or why the engine's own push has to. */
export interface DirectPush extends BuiltImage {
  readonly push: PushedManifest | { readonly reason: string };
}

/** An image that the engine holds. */
export interface LocalImage {
  readonly id: string;
  /** Names with tags, `host/name:tag`; empty for dangling images. */
  readonly references: readonly string[];
  /** Names with digests, `host/name@sha256:…`, for images that were pulled or pushed. */
  readonly digests: readonly string[];
  /** Uncompressed size in bytes. */
  readonly sizeBytes: number;
  readonly createdAt: Date;
  /** The platform, such as `linux/arm64`; undefined in lists, which do not tell it. */
  readonly platform: string | undefined;
}

/** What a push says of one layer. */
export interface LayerEvent {
  readonly type: "layer";
  /** The engine's short id of the layer. */
  readonly id: string;
  readonly state: "waiting" | "uploading" | "done" | "exists" | "mounted" | "retrying";
  readonly sentBytes: number;
  /** Bytes to send in all, 0 while unknown. */
  readonly totalBytes: number;
  /** The engine's own words, for the log. */
  readonly text: string;
}

/** The end of a successful push. */
export interface PushedManifest {
  /** Digest of the manifest or index, `sha256:…`. */
  readonly digest: string;
}
