import type {
  LocalContainer,
  PullEvent,
  PullFromRegistry,
} from "../../src/core/images/engineImages.js";
import { EcrError } from "../../src/core/errors.js";
import { formatImageReference, type ImageReference } from "../../src/core/imageReference.js";
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
} from "../../src/core/enginePorts.js";
import type { PushTarget } from "../../src/core/push/pushTarget.js";
import type { RegistryToken } from "../../src/core/login/registryToken.js";
import { Calls } from "./calls.js";
import { digestOf } from "./digestOf.js";
import type { InMemoryRegistry } from "./inMemoryRegistry.js";

/** Bytes of each layer. */
const LAYER_BYTES = 1_000;

/** What a Dockerfile says and makes. */
export interface DockerfileScript {
  readonly says?: readonly BuildEvent[];
  /** The content of each layer; equal content makes an equal image. */
  readonly layers: readonly string[];
}

interface Held {
  readonly layers: readonly string[];
  readonly platforms: readonly string[];
  readonly digests: readonly string[];
}

/**
 * An engine in memory that builds by script and keeps images, names and layers.
 *
 * It pushes to one registry, sends only missing layers, and shows its token as a real engine does.
 */
export class ScriptedEngine implements ImageEngine {
  readonly calls = new Calls();
  /** The containerd store lets builds push, and be of several platforms. */
  imageStore: EngineDescription["imageStore"] = "classic";
  /** Why its builder gives steps no secrets, as the classic one; undefined where it does. */
  reasonAgainstSecrets: string | undefined;
  /** What a closer look finds. */
  details: EngineDetails = { reasonAgainstBuildKit: undefined };
  /** Its disk; undefined is one of another machine. */
  disk: EngineDisk | undefined;
  /** Builds that were asked for, in order. */
  readonly builds: BuildRequest[] = [];
  readonly #dockerfiles = new Map<string, DockerfileScript>();
  readonly #images = new Map<string, Held>();
  readonly #names = new Map<string, string>();
  /** The containers that it has. */
  containers: readonly LocalContainer[] = [];

  constructor(private readonly registry: InMemoryRegistry) {}

  /** Writes, or overwrites, a Dockerfile. */
  write(dockerfile: string, script: DockerfileScript): void {
    this.#dockerfiles.set(dockerfile, script);
  }

  /** Adds an image as an earlier build would, and returns its id. */
  load(layers: readonly string[], ...names: readonly string[]): string {
    const id = digestOf(JSON.stringify(layers));
    this.#images.set(id, this.#images.get(id) ?? { layers, digests: [], platforms: [] });
    for (const name of names) this.#names.set(name, id);
    return id;
  }

  /** All names with the ids of their images, sorted. */
  get names(): readonly (readonly [string, string])[] {
    return [...this.#names].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  async describe(signal: AbortSignal): Promise<EngineDescription> {
    await this.calls.begin("describe", signal);
    return {
      name: "Docker Engine",
      version: "29.0",
      endpoint: "unix:///var/run/docker.sock",
      chosenBy: "default",
      platform: "linux/amd64",
      imageStore: this.imageStore,
      reasonAgainstDirectPush:
        this.imageStore === "classic" ? "it keeps images in the classic store" : undefined,
    };
  }

  async readDisk(signal: AbortSignal): Promise<EngineDisk | undefined> {
    await this.calls.begin("readDisk", signal);
    return this.disk;
  }

  async inspect(signal: AbortSignal): Promise<EngineDetails> {
    await this.calls.begin("inspect", signal);
    return this.details;
  }

  async checkBuild({ dockerfile }: BuildRequest): Promise<void> {
    await this.calls.begin("checkBuild", new AbortController().signal);
    if (!this.#dockerfiles.has(dockerfile)) {
      const reason = "it does not exist";
      throw new EcrError({ kind: "dockerfile-unreadable", path: dockerfile, reason });
    }
  }

  async checkBuilder({ options }: BuildRequest, signal: AbortSignal): Promise<void> {
    await this.calls.begin("checkBuilder", signal);
    const isDemanding = Object.keys(options?.secrets ?? {}).length > 0;
    if (!isDemanding || this.reasonAgainstSecrets === undefined) return;
    const reason = this.reasonAgainstSecrets;
    throw new EcrError({ kind: "builder-lacks", feature: "secrets", reason });
  }

  async *build(
    request: BuildRequest,
    signal: AbortSignal,
  ): AsyncGenerator<BuildEvent, BuiltImage, void> {
    this.builds.push(request);
    await this.calls.begin("build", signal);
    const script = this.#dockerfiles.get(request.dockerfile);
    if (!script) {
      const { dockerfile } = request;
      const reason = "it does not exist";
      throw new EcrError({ kind: "dockerfile-unreadable", path: dockerfile, reason });
    }
    for (const event of script.says ?? []) {
      yield event;
      signal.throwIfAborted();
    }
    const imageId = this.load(script.layers);
    this.#change(imageId, { platforms: request.platforms });
    await this.calls.end("build", signal);
    return { imageId };
  }

  /** Names the image before it pushes it, and drops what loses its last name, as BuildKit does. */
  async *buildAndPush(
    request: BuildRequest,
    { references }: PushTarget,
    signal: AbortSignal,
  ): AsyncGenerator<BuildEvent, DirectPush, void> {
    const { imageId } = yield* this.build(request, signal);
    await this.calls.begin("buildAndPush", signal);
    let digest = "";
    for (const reference of references) {
      const name = formatImageReference(reference);
      const previous = this.#names.get(name) ?? "";
      this.#names.set(name, imageId);
      this.#dropUnnamed(previous);
      yield { type: "pushing", reference: name };
      signal.throwIfAborted();
      try {
        const found = await request.findToken?.(reference.host, signal);
        if (!found) throw new EcrError({ kind: "registry-unauthorized", host: reference.host });
        digest = this.#put(reference, imageId, found.token);
      } catch (error) {
        return { imageId, push: { reason: String(error) } };
      }
    }
    await this.calls.end("buildAndPush", signal);
    return { imageId, push: { digest } };
  }

  async listPlatforms(imageId: string, signal: AbortSignal): Promise<readonly string[]> {
    await this.calls.begin("listPlatforms", signal);
    return this.#images.get(imageId)?.platforms ?? [];
  }

  async tag(imageId: string, reference: ImageReference, signal: AbortSignal): Promise<void> {
    await this.calls.begin("tag", signal);
    if (!this.#images.has(imageId)) {
      throw new EcrError({ kind: "image-not-found", reference: imageId });
    }
    this.#names.set(formatImageReference(reference), imageId);
    await this.calls.end("tag", signal);
  }

  async untag(reference: ImageReference, signal: AbortSignal): Promise<void> {
    await this.calls.begin("untag", signal);
    const name = formatImageReference(reference);
    const imageId = this.#names.get(name) ?? "";
    this.#names.delete(name);
    this.#dropUnnamed(imageId);
  }

  async findImage(idOrReference: string, signal: AbortSignal): Promise<LocalImage | undefined> {
    await this.calls.begin("findImage", signal);
    const pinned = [...this.#images].find(([, { digests }]) => digests.includes(idOrReference));
    const id = this.#names.get(idOrReference) ?? pinned?.[0] ?? idOrReference;
    const held = this.#images.get(id);
    return held && this.#describeImage(id, held);
  }

  async listImages(signal: AbortSignal): Promise<readonly LocalImage[]> {
    await this.calls.begin("listImages", signal);
    return [...this.#images].map(([id, held]) => this.#describeImage(id, held));
  }

  async *push(
    reference: ImageReference,
    token: RegistryToken,
    signal: AbortSignal,
  ): AsyncGenerator<LayerEvent, PushedManifest, void> {
    await this.calls.begin("push", signal);
    const { repository } = reference;
    const name = formatImageReference(reference);
    const imageId = this.#names.get(name) ?? "";
    const held = this.#images.get(imageId);
    if (!held) throw new EcrError({ kind: "image-not-found", reference: name });
    this.registry.checkToken(token);
    for (const layer of held.layers) {
      for (const event of layerEvents(layer, this.registry.hasLayer(repository, layer))) {
        yield event;
        signal.throwIfAborted();
      }
    }
    const digest = this.#put(reference, imageId, token);
    await this.calls.end("push", signal);
    return { digest };
  }

  async readPlatforms(
    imageIds: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, string>> {
    await this.calls.begin("readPlatforms", signal);
    return new Map(
      imageIds.flatMap((id) => {
        const held = this.#images.get(id);
        return held ? [[id, held.platforms[0] ?? "linux/amd64"] as const] : [];
      }),
    );
  }

  async listContainers(signal: AbortSignal): Promise<readonly LocalContainer[]> {
    await this.calls.begin("listContainers", signal);
    return this.containers;
  }

  async removeImage(imageId: string, isForced: boolean, signal: AbortSignal): Promise<void> {
    await this.calls.begin("removeImage", signal);
    const users = this.containers.filter((container) => container.imageId === imageId);
    const holding = users.filter(({ isRunning }) => isRunning || !isForced);
    if (holding.length > 0) {
      const image = this.names.find(([, id]) => id === imageId)?.[0] ?? imageId;
      const isRunning = holding.some((container) => container.isRunning);
      const by = isRunning ? "running-container" : "stopped-container";
      const containers = holding.map(({ name }) => name);
      throw new EcrError({ kind: "image-in-use", image, containers, by });
    }
    for (const [name, id] of this.names) if (id === imageId) this.#names.delete(name);
    this.#images.delete(imageId);
  }

  /** Gets an image of the registry, all of whose layers are new to it. */
  async *pull(
    { reference, platform }: PullFromRegistry,
    token: RegistryToken | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<PullEvent, LocalImage, void> {
    await this.calls.begin("pull", signal);
    if (!token) throw new EcrError({ kind: "registry-unauthorized", host: reference.host });
    this.registry.checkToken(token);
    const { host, repository, digest } = reference;
    const found = await this.registry.findImage(repository, { digest }, signal);
    const name = `${host}/${repository}@${digest}`;
    if (!found) throw new EcrError({ kind: "image-not-found", reference: name });
    const about = { type: "layer", id: digest.slice(7, 19), totalBytes: LAYER_BYTES } as const;
    yield { ...about, state: "downloading", doneBytes: LAYER_BYTES / 2, text: "Downloading" };
    signal.throwIfAborted();
    yield { ...about, state: "done", doneBytes: LAYER_BYTES, text: "Pull complete" };
    signal.throwIfAborted();
    const id = this.load([`layer of ${digest}`]);
    this.#change(id, {
      digests: [...new Set([...this.#image(id).digests, name])],
      platforms: platform === undefined ? [] : [platform],
    });
    await this.calls.end("pull", signal);
    return this.#describeImage(id, this.#image(id));
  }

  #put(reference: ImageReference, imageId: string, token: RegistryToken): string {
    this.registry.checkToken(token);
    const { host, repository, tag = "" } = reference;
    const { layers, digests, platforms } = this.#image(imageId);
    const digest = digestOf(`manifest of ${imageId}`);
    const sizeBytes = layers.length * LAYER_BYTES;
    const isIndex = platforms.length > 1;
    this.registry.putImage(repository, { digest, tag, sizeBytes, layers, isIndex });
    const pinned = `${host}/${repository}@${digest}`;
    this.#change(imageId, { digests: [...new Set([...digests, pinned])] });
    return digest;
  }

  #image(imageId: string): Held {
    return this.#images.get(imageId) ?? { layers: [], digests: [], platforms: [] };
  }

  #change(imageId: string, change: Partial<Held>): void {
    this.#images.set(imageId, { ...this.#image(imageId), ...change });
  }

  /** As engines do, an image goes with its last name. */
  #dropUnnamed(imageId: string): void {
    if (![...this.#names.values()].includes(imageId)) this.#images.delete(imageId);
  }

  #describeImage(id: string, { layers, digests, platforms }: Held): LocalImage {
    return {
      id,
      references: this.names.flatMap(([name, named]) => (named === id ? [name] : [])),
      digests,
      sizeBytes: layers.length * LAYER_BYTES * 2,
      createdAt: new Date("2026-01-01T00:00:00Z"),
      platform: platforms[0] ?? "linux/amd64",
    };
  }
}

function layerEvents(layer: string, exists: boolean): LayerEvent[] {
  const about = { type: "layer", id: layer, totalBytes: LAYER_BYTES } as const;
  const waiting = { ...about, state: "waiting", sentBytes: 0, text: "Preparing" } as const;
  if (exists) {
    return [waiting, { ...about, state: "exists", sentBytes: 0, text: "Layer already exists" }];
  }
  const half = LAYER_BYTES / 2;
  return [
    waiting,
    { ...about, state: "uploading", sentBytes: half, text: "Pushing" },
    { ...about, state: "done", sentBytes: LAYER_BYTES, text: "Pushed" },
  ];
}
