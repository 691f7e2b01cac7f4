import { buildForPush } from "./buildForPush.js";
import { checkRunTarget } from "./checkRunTarget.js";
import type { ReviewContext } from "../context/contextReview.js";
import { EcrError, isCancellation } from "../errors.js";
import {
  formatImageReference,
  type ImageReference,
  makeReferenceFromUri,
} from "../imageReference.js";
import { giveName, type LocalName, takeNamesBack } from "../images/localNames.js";
import type {
  BuildEvent,
  BuildRequest,
  EngineDescription,
  ImageEngine,
  LayerEvent,
  LocalImage,
} from "../enginePorts.js";
import type { FindToken, Registry } from "../ports.js";
import { placeOf, type PushPlace } from "./pushPlace.js";
import { findLocalImage, isThere, preflight } from "./pushPreflight.js";
import { type PushRequest, validate } from "./pushRequest.js";
import { pushTags } from "./pushTags.js";
import type { PushTarget } from "./pushTarget.js";
import { type Image, isIndex, type Repository } from "../registry.js";
import { rulesOf } from "./runTarget.js";
import type { TokenKeeper } from "../login/tokenKeeper.js";
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
  const { engine } = ports;
  const { source } = request;
  const build = source.kind === "dockerfile" ? buildRequest(source, request) : undefined;
  const review = build && ports.reviewContext?.(build, signal);
  const { description, local, before, lowDisk, ...found } = await preflight(
    ports,
    request,
    build,
    signal,
  );
  yield { type: "engine", engine: description };
  if (lowDisk !== undefined) yield { type: "warning", text: lowDisk };
  await review?.();
  const place = found.place ?? (yield* create(ports.registry, request, signal));

  const references = request.tags.map((tag) => makeReferenceFromUri(place.uri, { tag }));
  const names: LocalName[] = [];
  let isSeen = false;
  try {
    const target = targetOf(request, references);
    const whole = build && { ...build, findToken: ports.findToken };
    const built = whole && (yield* buildForPush(engine, description, whole, target, names, signal));
    const image = await findLocalImage(engine, built?.imageId ?? local?.id ?? "", signal);
    const { digest } = built ?? {};
    if (digest === undefined) checkRunTarget(request, ownPlatforms(image));
    const pushed =
      digest === undefined
        ? yield* tagAndPush(
            ports,
            place,
            image,
            references,
            names,
            (reference) => isThere(reference, before, place, image),
            signal,
          )
        : references.map((reference) => ({ reference, digest }));
    yield { type: "phase", phase: "verify" };
    const seen = await verifyPush(ports, place.name, pushed, signal);
    isSeen = true;
    const runsOn = yield* tellPlatforms(engine, image, seen, signal);
    checkRunTarget(request, runsOn, seen);
    const repository = place.repository ?? (yield* findCreated(ports.registry, place, signal));
    return {
      repository,
      tags: request.tags,
      digest: seen.digest,
      pinnedReference: formatImageReference(
        makeReferenceFromUri(repository.uri, { digest: seen.digest }),
      ),
      sizeBytes: seen.sizeBytes,
      platforms: runsOn,
      wasThere: request.tags.every((tag) => before.get(tag)?.digest === seen.digest),
    };
  } finally {
    // Not a catch: a listener that leaves the stream ends it without an error.
    if (!isSeen) yield* await takeNamesBack(engine, names, local?.references.length === 0);
  }
}

/** An image with attestations is an index, so a place that takes none gets the image without. */
function buildRequest(
  { dockerfile, context, options }: Extract<PushRequest["source"], { kind: "dockerfile" }>,
  { platforms, runsOn = "anything" }: PushRequest,
): BuildRequest {
  const { attestations, ...plain } = options ?? {};
  const isKept = attestations !== undefined && rulesOf(runsOn).manifest === "any";
  const chosen = isKept ? { ...plain, attestations } : plain;
  return { dockerfile, context, platforms, ...(options ? { options: chosen } : {}) };
}

/** Where a build pushes; what not every place reads is left out for a place that is known. */
function targetOf(
  { runsOn = "anything", compression }: PushRequest,
  references: readonly ImageReference[],
): PushTarget {
  const { manifest } = rulesOf(runsOn);
  if (manifest === "any") return { references, compression };
  return { references, compression: "gzip", mediaTypes: "docker" };
}

/** Creates the repository as the request says. */
async function* create(
  registry: Registry,
  { repository: name, create: wanted }: PushRequest,
  signal: AbortSignal,
): AsyncGenerator<PushEvent, PushPlace, void> {
  const tagMutability = wanted?.tagMutability ?? "mutable";
  const repository = await registry.createRepository({ name, tagMutability }, signal);
  yield { type: "repository-created", repository };
  return placeOf(repository);
}

/** Finds the repository that ECR has created by a template. */
async function* findCreated(
  registry: Registry,
  { name, registryId }: PushPlace,
  signal: AbortSignal,
): AsyncGenerator<PushEvent, Repository, void> {
  const repository = await registry.findRepository(name, signal);
  if (!repository) {
    throw new EcrError({ kind: "repository-not-found", repository: name, registryId });
  }
  yield { type: "repository-created", repository };
  return repository;
}

function ownPlatforms({ platform }: LocalImage): readonly string[] {
  return platform === undefined ? [] : [platform];
}

/** Gives the image its names, and lets the engine push each that is not in ECR. */
async function* tagAndPush(
  ports: PushPorts,
  place: PushPlace,
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
  return yield* pushTags(ports, place, references, findDigest, signal);
}

/** Tells what the image runs on; a push that ECR shows does not fail for that. */
async function* tellPlatforms(
  engine: ImageEngine,
  image: LocalImage,
  seen: Image,
  signal: AbortSignal,
): AsyncGenerator<PushEvent, readonly string[], void> {
  const own = ownPlatforms(image);
  if (!isIndex(seen)) return own;
  try {
    return await engine.listPlatforms(image.id, signal);
  } catch (error) {
    if (isCancellation(error)) throw error;
    yield { type: "warning", text: `the platforms of the index are not known: ${String(error)}` };
    return own;
  }
}
