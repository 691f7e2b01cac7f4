import { checkPlatforms } from "./checkPlatforms.js";
import type { ReviewContext } from "./contextReview.js";
import { EcrError } from "./errors.js";
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
  FindToken,
  ImageEngine,
  LayerEvent,
  Registry,
} from "./ports.js";
import { checkTags, findLocalImage, findOrCreate, findSource, isThere } from "./pushPreflight.js";
import { pushTag } from "./pushTag.js";
import { type PushRequest, validate } from "./pushRequest.js";
import type { Image, Repository } from "./registry.js";
import type { TokenKeeper } from "./tokenKeeper.js";

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
  | { readonly type: "pushing"; readonly reference: string }
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

/** Waits before each further look at ECR, which may show a new image a moment late. */
const VERIFY_PAUSES_MS = [0, 500, 1500, 3000];

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
  // A login that AWS refuses should be known before the build.
  await tokens.token(registry, signal);
  const local = await findSource(engine, request.source, signal);
  const { repository, wasCreated } = await findOrCreate(registry, request, signal);
  if (wasCreated) yield { type: "repository-created", repository };
  const before = await checkTags(registry, repository, request.tags, local, signal);
  await review?.();

  let imageId = local?.id;
  if (build) {
    yield { type: "phase", phase: "build" };
    imageId = (yield* engine.build({ ...build, findToken: ports.findToken }, signal)).imageId;
  }
  const image = await findLocalImage(engine, imageId ?? "", signal);

  const references = request.tags.map((tag) => makeReferenceFromUri(repository.uri, { tag }));
  const names: LocalName[] = [];
  let isSeen = false;
  try {
    yield { type: "phase", phase: "tag" };
    for (const reference of references) {
      await giveName(engine, image.id, reference, names, signal);
    }
    yield { type: "phase", phase: "push" };
    const pushed: PushedTag[] = [];
    for (const reference of references) {
      const there = isThere(reference, before, repository, image);
      if (!there) yield { type: "pushing", reference: formatImageReference(reference) };
      const digest = there ?? (yield* pushTag(ports, repository, reference, signal));
      pushed.push({ reference, digest });
    }
    yield { type: "phase", phase: "verify" };
    const seen = await verify(ports, repository.name, pushed, signal);
    isSeen = true;
    return {
      repository,
      tags: request.tags,
      digest: seen.digest,
      pinnedReference: formatImageReference(
        makeReferenceFromUri(repository.uri, { digest: seen.digest }),
      ),
      sizeBytes: seen.sizeBytes,
      platforms: image.platform === undefined ? [] : [image.platform],
      wasThere: request.tags.every((tag) => before.get(tag)?.digest === seen.digest),
    };
  } finally {
    // Not a catch: a listener that leaves the stream ends it without an error.
    if (!isSeen) yield* await takeNamesBack(engine, names, local?.references.length === 0);
  }
}

interface PushedTag {
  readonly reference: ImageReference;
  readonly digest: string;
}

function buildRequest(
  { dockerfile, context, options }: Extract<PushRequest["source"], { kind: "dockerfile" }>,
  platforms: readonly string[],
): BuildRequest {
  return { dockerfile, context, platforms, ...(options ? { options } : {}) };
}

/** Looks at ECR until every tag names the digest that the engine reported. */
async function verify(
  { registry, pause }: PushPorts,
  repository: string,
  pushed: readonly PushedTag[],
  signal: AbortSignal,
): Promise<Image> {
  let seen: Image | undefined;
  for (const { reference, digest } of pushed) {
    seen = undefined;
    for (const milliseconds of VERIFY_PAUSES_MS) {
      if (milliseconds > 0) await pause(milliseconds, signal);
      const image = await registry.findImage(repository, { tag: reference.tag ?? "" }, signal);
      if (image?.digest === digest) {
        seen = image;
        break;
      }
    }
    if (!seen) {
      const name = formatImageReference(reference);
      throw new EcrError({ kind: "push-unverified", reference: name, digest });
    }
  }
  if (!seen) throw new EcrError({ kind: "unexpected", message: "no tag was pushed" });
  return seen;
}
