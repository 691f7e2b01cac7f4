import { buildForPush } from "./buildForPush.js";
import { checkPlatforms } from "./checkPlatforms.js";
import type { ReviewContext } from "./contextReview.js";
import { isCancellation } from "./errors.js";
import {
  formatImageReference,
  type ImageReference,
  makeReferenceFromUri,
} from "./imageReference.js";
import { giveName, type LocalName, takeNamesBack } from "./localNames.js";
import type {
  BuildEvent,
  BuildRequest,
  EngineDescription,
  ImageEngine,
  LayerEvent,
  LocalImage,
} from "./enginePorts.js";
import type { FindToken, Registry } from "./ports.js";
import { checkTags, findLocalImage, findOrCreate, findSource, isThere } from "./pushPreflight.js";
import { type PushRequest, validate } from "./pushRequest.js";
import { pushTags } from "./pushTags.js";
import { type Image, isIndex, type Repository } from "./registry.js";
import type { TokenKeeper } from "./tokenKeeper.js";
import { type PushedTag, verifyPush } from "./verifyPush.js";

/** What a push works with. */
export interface PushPorts {
  readonly engine: ImageEngine;
  readonly registry: Registry;
  readonly tokens: TokenKeeper;
  /** Finds tokens for the registries of base images. */
  readonly findToken: FindToken;
  /** Waits between two looks at ECR; a port so that tests need not wait. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Lets the user look at what the build would send; undefined sends it unseen. */
  readonly reviewContext?: ReviewContext;
}

/** The steps of a push, in order; a local image skips `build`. */
export type PushPhase = "preflight" | "build" | "tag" | "push" | "verify";

/** What a push says while it runs. */
export type PushEvent =
  | { readonly type: "phase"; readonly phase: PushPhase }
  | { readonly type: "engine"; readonly engine: EngineDescription }
  | { readonly type: "repository-created"; readonly repository: Repository }
  | BuildEvent
  | LayerEvent;

/** An image that was seen in ECR with the digest that was pushed. */
export interface PushedImage {
  readonly repository: Repository;
  readonly tags: readonly string[];
  readonly digest: string;
  /** The reference that always means this very image: `host/repository@sha256:…`. */
  readonly pinnedReference: string;
  /** Compressed bytes, as ECR stores them. */
  readonly sizeBytes: number | undefined;
  /** What the image runs on: one platform, or all of an index. */
  readonly platforms: readonly string[];
  /** Every tag named this digest before the push began. */
  readonly wasThere: boolean;
}

/**
 * Builds (or takes) an image, tags it, pushes it and verifies its digest in ECR.
 *
 * Names that the push gave to the image in the engine are taken back when it fails, is cancelled or
 * loses its listener, and moved names are put back where they were.
 */
export async function* pushImage(
  ports: PushPorts,
  request: PushRequest,
  signal: AbortSignal,
): AsyncGenerator<PushEvent, PushedImage, void> {
  validate(request);
  yield { type: "phase", phase: "preflight" };
  const { engine, registry, tokens } = ports;
  const { source, platforms } = request;
  const build = source.kind === "dockerfile" ? buildRequest(source, platforms) : undefined;
  const review = build && ports.reviewContext?.(build, signal);
  if (build) await engine.checkBuild(build);
  const description = await engine.describe(signal);
  yield { type: "engine", engine: description };
  checkPlatforms(platforms, description);
  if (build) await engine.checkBuilder(build, signal);
  // A login that AWS refuses should be known before the build.
  await tokens.token(registry, signal);
  const local = await findSource(engine, request.source, signal);
  const { repository, wasCreated } = await findOrCreate(registry, request, signal);
  if (wasCreated) yield { type: "repository-created", repository };
  const before = await checkTags(registry, repository, request.tags, local, signal);
  await review?.();

  const references = request.tags.map((tag) => makeReferenceFromUri(repository.uri, { tag }));
  const names: LocalName[] = [];
  let isSeen = false;
  try {
    const target = { references, compression: request.compression };
    const whole = build && { ...build, findToken: ports.findToken };
    const built = whole && (yield* buildForPush(engine, description, whole, target, names, signal));
    const image = await findLocalImage(engine, built?.imageId ?? local?.id ?? "", signal);
    const { digest } = built ?? {};
    const pushed =
      digest === undefined
        ? yield* tagAndPush(
            ports,
            repository,
            image,
            references,
            names,
            (reference) => isThere(reference, before, repository, image),
            signal,
          )
        : references.map((reference) => ({ reference, digest }));
    yield { type: "phase", phase: "verify" };
    const seen = await verifyPush(ports, repository.name, pushed, signal);
    isSeen = true;
    return {
      repository,
      tags: request.tags,
      digest: seen.digest,
      pinnedReference: formatImageReference(
        makeReferenceFromUri(repository.uri, { digest: seen.digest }),
      ),
      sizeBytes: seen.sizeBytes,
      platforms: yield* tellPlatforms(engine, image, seen, signal),
      wasThere: request.tags.every((tag) => before.get(tag)?.digest === seen.digest),
    };
  } finally {
    // Not a catch: a listener that leaves the stream ends it without an error.
    if (!isSeen) yield* await takeNamesBack(engine, names, local?.references.length === 0);
  }
}

function buildRequest(
  { dockerfile, context, options }: Extract<PushRequest["source"], { kind: "dockerfile" }>,
  platforms: readonly string[],
): BuildRequest {
  return { dockerfile, context, platforms, ...(options ? { options } : {}) };
}

/** Gives the image its names, and lets the engine push each that is not in ECR. */
async function* tagAndPush(
  ports: PushPorts,
  repository: Repository,
  image: LocalImage,
  references: readonly ImageReference[],
  names: LocalName[],
  findDigest: (reference: ImageReference) => string | undefined,
  signal: AbortSignal,
): AsyncGenerator<PushEvent, readonly PushedTag[], void> {
  yield { type: "phase", phase: "tag" };
  for (const reference of references) {
    await giveName(ports.engine, image.id, reference, names, signal);
  }
  yield { type: "phase", phase: "push" };
  return yield* pushTags(ports, repository, references, findDigest, signal);
}

/** Tells what the image runs on; a push that ECR shows does not fail for that. */
async function* tellPlatforms(
  engine: ImageEngine,
  image: LocalImage,
  seen: Image,
  signal: AbortSignal,
): AsyncGenerator<PushEvent, readonly string[], void> {
  const own = image.platform === undefined ? [] : [image.platform];
  if (!isIndex(seen)) return own;
  try {
    return await engine.listPlatforms(image.id, signal);
  } catch (error) {
    if (isCancellation(error)) throw error;
    yield { type: "warning", text: `the platforms of the index are not known: ${String(error)}` };
    return own;
  }
}
