import { checkFirstPush } from "./checkFirstPush.js";
import { checkPlatforms } from "../build/checkPlatforms.js";
import { checkRunTarget } from "./checkRunTarget.js";
import { checkSessionLasts } from "./checkSessionLasts.js";
import type { BuildRequest, EngineDescription, ImageEngine, LocalImage } from "../enginePorts.js";
import { EcrError } from "../errors.js";
import type { ImageReference } from "../imageReference.js";
import { findLowDisk } from "./lowDisk.js";
import type { Registry } from "../ports.js";
import { findPlace, type PushPlace } from "./pushPlace.js";
import type { PushRequest, PushSource } from "./pushRequest.js";
import { type Image, isTagImmutable, type Repository } from "../registry.js";
import type { TokenKeeper } from "../login/tokenKeeper.js";

/** What a preflight asks. */
export interface PreflightPorts {
  readonly engine: ImageEngine;
  readonly registry: Registry;
  readonly tokens: TokenKeeper;
}

/** What a push begins with when nothing stands against it. */
export interface Preflight {
  readonly description: EngineDescription;
  /** The local image to push; undefined where it has yet to be built. */
  readonly local: LocalImage | undefined;
  /** Undefined where the repository has yet to be created. */
  readonly place: PushPlace | undefined;
  /** The images that carry the tags now. */
  readonly before: ReadonlyMap<string, Image>;
  /** How little room the build has on the engine's disk; undefined for enough. */
  readonly lowDisk: string | undefined;
}

/**
 * Asks all at once whether anything stands against a push, and changes nothing.
 *
 * The first refusal ends the rest. Of AWS it asks for a token unless a live one is held, for the
 * repository and for each tag, which is the least that tells before a long build; and for the rights
 * to push where nobody has pushed yet.
 */
export async function preflight(
  { engine, registry, tokens }: PreflightPorts,
  request: PushRequest,
  build: BuildRequest | undefined,
  signal: AbortSignal,
): Promise<Preflight> {
  checkRunTarget(request, request.platforms);
  const rest = new AbortController();
  const stop = AbortSignal.any([signal, rest.signal]);
  try {
    // A login that AWS refuses should be known before the build.
    const token = tokens.token(registry, stop);
    const [description, local, { place, before }, lowDisk] = await Promise.all([
      checkEngine(engine, request.platforms, build, stop),
      findSource(engine, request.source, stop),
      findPlace(registry, request, token, stop),
      build && findLowDisk(engine, stop),
      token,
      checkFirstPush(registry, request, stop),
      checkSessionLasts(registry, request, tokens.now(), stop),
    ]);
    if (place) checkTags(place, before, local);
    return { description, local, place, before, lowDisk };
  } catch (error) {
    rest.abort();
    throw error;
  }
}

/** Finds the engine, and holds against it what the build asks for. */
async function checkEngine(
  engine: ImageEngine,
  platforms: readonly string[],
  build: BuildRequest | undefined,
  signal: AbortSignal,
): Promise<EngineDescription> {
  const [description] = await Promise.all([
    engine.describe(signal),
    build && engine.checkBuild(build),
  ]);
  checkPlatforms(platforms, description);
  if (build) await engine.checkBuilder(build, signal);
  return description;
}

/** Returns the local image to push, or undefined when it has yet to be built. */
export async function findSource(
  engine: ImageEngine,
  source: PushSource,
  signal: AbortSignal,
): Promise<LocalImage | undefined> {
  return source.kind === "dockerfile"
    ? undefined
    : await findLocalImage(engine, source.image, signal);
}

/** Returns the local image of this id or name, or throws `image-not-found`. */
export async function findLocalImage(
  engine: ImageEngine,
  idOrReference: string,
  signal: AbortSignal,
): Promise<LocalImage> {
  const image = await engine.findImage(idOrReference, signal);
  if (!image) throw new EcrError({ kind: "image-not-found", reference: idOrReference });
  return image;
}

/** Throws `tag-immutable` when a tag that is taken, by `before`, may not move to the image. */
export function checkTags(
  place: Pick<Repository, "name" | "uri" | "tagMutability">,
  before: ReadonlyMap<string, Image>,
  local: LocalImage | undefined,
): void {
  for (const [tag, { digest }] of before) {
    const same = local && isDigestOf(place, digest, local);
    if (!same && isTagImmutable(place.tagMutability, tag)) {
      throw new EcrError({ kind: "tag-immutable", repository: place.name, tag });
    }
  }
}

/** Returns the digest when the tag names this very image in ECR already. */
export function isThere(
  reference: ImageReference,
  before: ReadonlyMap<string, Image>,
  place: Pick<Repository, "uri">,
  image: LocalImage,
): string | undefined {
  const digest = before.get(reference.tag ?? "")?.digest;
  return digest !== undefined && isDigestOf(place, digest, image) ? digest : undefined;
}

function isDigestOf({ uri }: Pick<Repository, "uri">, digest: string, image: LocalImage): boolean {
  return image.digests.includes(`${uri}@${digest}`);
}
