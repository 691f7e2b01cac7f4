import type { PullEvent, PullFromRegistry } from "../images/engineImages.js";
import type { ImageEngine, LocalImage } from "../enginePorts.js";
import { EcrError, type Failure } from "../errors.js";
import {
  formatImageReference,
  type ImageReference,
  makeReferenceFromUri,
} from "../imageReference.js";
import type { FindToken } from "../ports.js";

/** What a pull works with. */
export interface PullPorts {
  readonly engine: ImageEngine;
  readonly findToken: FindToken;
}

/** What is pulled, and what it is called then. */
export interface PullRequest {
  /** The repository's URI, `host/name`. */
  readonly repositoryUri: string;
  readonly digest: string;
  /** The platform that is wanted; undefined leaves the choice to the engine. */
  readonly platform: string | undefined;
  /** The tags that the image gets in the engine, below the repository's name. */
  readonly tags: readonly string[];
}

/** What a pull says while it runs. */
export type PullingEvent = PullEvent | { readonly type: "warning"; readonly text: string };

/** An image that the engine holds after a pull. */
export interface PulledImage {
  readonly image: LocalImage;
  /** The names that it has now because of the pull. */
  readonly names: readonly string[];
  /** Whether the engine held it before. */
  readonly wasThere: boolean;
}

/**
 * Pulls an image by its digest and gives it its names; a name that meant another image moves, as
 * with `docker pull`.
 *
 * A token that the registry refuses is renewed once. An abort stops the engine's work, and no name
 * has moved by then.
 */
export async function* pullImage(
  { engine, findToken }: PullPorts,
  { repositoryUri, digest, platform, tags }: PullRequest,
  signal: AbortSignal,
): AsyncGenerator<PullingEvent, PulledImage, void> {
  const reference = { ...makeReferenceFromUri(repositoryUri, { digest }), digest };
  const before = await engine.findImage(formatImageReference(reference), signal);
  const image = yield* pullWithToken({ engine, findToken }, { reference, platform }, signal);
  const names = tags.map((tag): ImageReference => makeReferenceFromUri(repositoryUri, { tag }));
  for (const name of names) await engine.tag(image.id, name, signal);
  return { image, names: names.map(formatImageReference), wasThere: before !== undefined };
}

async function* pullWithToken(
  { engine, findToken }: PullPorts,
  request: PullFromRegistry,
  signal: AbortSignal,
): AsyncGenerator<PullingEvent, LocalImage, void> {
  const { host } = request.reference;
  const found = await findToken(host, signal);
  try {
    return yield* engine.pull(request, found?.token, signal);
  } catch (error) {
    if (!found || !(error instanceof EcrError) || !mayBeTheToken(error.failure)) throw error;
    yield { type: "warning", text: `${host} refuses the login token; it is renewed` };
    const renewed = await findToken(host, signal, found.token);
    return yield* engine.pull(request, renewed?.token, signal);
  }
}

/** A refusal without a word may mean a token that has ended. */
function mayBeTheToken(failure: Failure): boolean {
  if (failure.kind === "access-denied") {
    return failure.action === undefined && failure.principal === undefined;
  }
  return failure.kind === "token-expired" || failure.kind === "registry-unauthorized";
}

/**
 * Names the tags that one platform of an index gets in the engine: its own, else those of the index
 * with the platform at their end, so that no name of the whole index comes to mean a part of it.
 */
export function tagsForPlatform(
  ownTags: readonly string[],
  indexTags: readonly string[],
  platform: string | undefined,
): readonly string[] {
  if (ownTags.length > 0 || platform === undefined) return ownTags;
  const suffix = platform.replace(/^linux\//, "").replaceAll("/", "-");
  return indexTags.map((tag) => `${tag}-${suffix}`).filter((tag) => tag.length <= MAX_TAG_LENGTH);
}

const MAX_TAG_LENGTH = 128;
