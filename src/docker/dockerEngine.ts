import type { LocalContainer, PullEvent, PullFromRegistry } from "../core/images/engineImages.js";
import { EcrError } from "../core/errors.js";
import { formatImageReference, type ImageReference } from "../core/imageReference.js";
import type {
  BuildEvent,
  BuildRequest,
  BuiltImage,
  DirectPush,
  EngineDescription,
  EngineDetails,
  EngineDisk,
  ImageEngine,
  LayerEvent,
  LocalImage,
  PushedManifest,
} from "../core/enginePorts.js";
import type { PushTarget } from "../core/push/pushTarget.js";
import type { RegistryToken } from "../core/login/registryToken.js";
import { buildAndPush } from "./buildAndPush.js";
import { prepareBuild } from "./buildContext.js";
import { isDemanding } from "./builderLacks.js";
import { buildDockerfile } from "./buildDockerfile.js";
import { checkBuilder } from "./checkBuilder.js";
import { connectFirst } from "./connectFirst.js";
import { describeEngine } from "./describeEngine.js";
import { listCandidates } from "./engineCandidates.js";
import type { EngineConnection } from "./engineConnection.js";
import { listPlatforms } from "./imagePlatforms.js";
import { engineFailure, findLocalImage, listLocalImages } from "./localImages.js";
import { pushReference } from "./pushReference.js";

/** What the adapter may know of the machine. */
export interface DockerEngineOptions {
  /** Variables that choose the engine, such as `DOCKER_HOST`; read anew for each operation. */
  readonly environment: NodeJS.ProcessEnv;
  /** The user's home folder, where the docker CLI keeps its contexts. */
  readonly homeFolder: string;
  readonly platform: NodeJS.Platform;
  /** Receives lines for the log; never a secret. */
  readonly log?: (line: string) => void;
}

/**
 * The Docker-compatible engine of this machine.
 *
 * Each operation finds the engine anew, with one small request, so an engine that was started,
 * stopped or switched with `docker context use` needs no reload.
 */
export class DockerEngine implements ImageEngine {
  readonly #options: DockerEngineOptions;

  constructor(options: DockerEngineOptions) {
    this.#options = options;
  }

  async describe(signal: AbortSignal): Promise<EngineDescription> {
    return describeEngine(await this.#connect(signal), this.#options.environment, signal);
  }

  async inspect(signal: AbortSignal): Promise<EngineDetails> {
    const { inspectEngine } = await import("./inspectEngine.js");
    return inspectEngine(await this.#connect(signal), this.#options.environment, signal);
  }

  async readDisk(signal: AbortSignal): Promise<EngineDisk | undefined> {
    const { readEngineDisk } = await import("./engineDisk.js");
    return readEngineDisk(await this.#connect(signal), signal);
  }

  async checkBuild(request: BuildRequest): Promise<void> {
    const { instructions } = await prepareBuild(request, this.#options.platform);
    const needsMore = instructions.some(({ text }) => /secret|ssh|git@/.test(text));
    if (!needsMore && request.options?.target === undefined) return;
    // The parser is a chunk of its own, which most builds need not load.
    const { checkChoices } = await import("./checkChoices.js");
    await checkChoices(request);
  }

  async checkBuilder(request: BuildRequest, signal: AbortSignal): Promise<void> {
    if (!isDemanding(request)) return;
    await checkBuilder(await this.#connect(signal), request, this.#options, signal);
  }

  async *build(
    request: BuildRequest,
    signal: AbortSignal,
  ): AsyncGenerator<BuildEvent, BuiltImage, void> {
    const connection = await this.#connect(signal);
    return yield* buildDockerfile(connection, request, this.#options, signal);
  }

  async *buildAndPush(
    request: BuildRequest,
    target: PushTarget,
    signal: AbortSignal,
  ): AsyncGenerator<BuildEvent, DirectPush, void> {
    const connection = await this.#connect(signal);
    return yield* buildAndPush(connection, request, target, this.#options, signal);
  }

  async tag(imageId: string, reference: ImageReference, signal: AbortSignal): Promise<void> {
    const connection = await this.#connect(signal);
    const query = { repo: `${reference.host}/${reference.repository}`, tag: reference.tag };
    const path = `/images/${imageId}/tag`;
    const { status, message } = await connection.fetchJson({ method: "POST", path, query }, signal);
    if (status === 404) throw new EcrError({ kind: "image-not-found", reference: imageId });
    if (status !== 201) throw engineFailure("tag", message);
  }

  async untag(reference: ImageReference, signal: AbortSignal): Promise<void> {
    const connection = await this.#connect(signal);
    const path = `/images/${formatImageReference(reference)}`;
    // Without noprune the engine would remove the layers that the next build starts from.
    const request = { method: "DELETE", path, query: { noprune: "1" } } as const;
    const { status, message } = await connection.fetchJson(request, signal);
    if (status !== 200 && status !== 404) throw engineFailure("untag", message);
  }

  async findImage(idOrReference: string, signal: AbortSignal): Promise<LocalImage | undefined> {
    return findLocalImage(await this.#connect(signal), idOrReference, signal);
  }

  async listPlatforms(imageId: string, signal: AbortSignal): Promise<readonly string[]> {
    return listPlatforms(await this.#connect(signal), imageId, signal);
  }

  async listImages(signal: AbortSignal): Promise<readonly LocalImage[]> {
    return listLocalImages(await this.#connect(signal), signal);
  }

  async *push(
    reference: ImageReference,
    token: RegistryToken,
    signal: AbortSignal,
  ): AsyncGenerator<LayerEvent, PushedManifest, void> {
    return yield* pushReference(await this.#connect(signal), reference, token, signal);
  }

  async readPlatforms(
    imageIds: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, string>> {
    const { readPlatforms } = await import("./readPlatforms.js");
    return readPlatforms(await this.#connect(signal), imageIds, signal);
  }

  async listContainers(signal: AbortSignal): Promise<readonly LocalContainer[]> {
    const { listContainers } = await import("./localContainers.js");
    return listContainers(await this.#connect(signal), signal);
  }

  async removeImage(imageId: string, isForced: boolean, signal: AbortSignal): Promise<void> {
    const { removeImage } = await import("./removeImage.js");
    await removeImage(await this.#connect(signal), imageId, isForced, signal);
  }

  async *pull(
    request: PullFromRegistry,
    token: RegistryToken | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<PullEvent, LocalImage, void> {
    const { pullReference } = await import("./pullReference.js");
    return yield* pullReference(await this.#connect(signal), request, token, signal);
  }

  async #connect(signal: AbortSignal): Promise<EngineConnection> {
    const log = this.#options.log ?? ((): void => undefined);
    return connectFirst(await listCandidates({ ...this.#options, log }), log, signal);
  }
}
