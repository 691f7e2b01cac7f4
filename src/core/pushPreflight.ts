import { EcrError } from "./errors.js";
import type { ImageReference } from "./imageReference.js";
import type { ImageEngine, LocalImage } from "./enginePorts.js";
import type { Registry } from "./ports.js";
import type { PushRequest, PushSource } from "./pushRequest.js";
import { type Image, isTagImmutable, type Repository } from "./registry.js";

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

/** Returns the repository; creates it when the request says so and there is none. */
export async function findOrCreate(
  registry: Registry,
  request: PushRequest,
  signal: AbortSignal,
): Promise<{ repository: Repository; wasCreated: boolean }> {
  const name = request.repository;
  const found = await registry.findRepository(name, signal);
  if (found) return { repository: found, wasCreated: false };
  if (!request.create) {
    throw new EcrError({ kind: "repository-not-found", repository: name, registryId: undefined });
  }
  const repository = await registry.createRepository({ name, ...request.create }, signal);
  return { repository, wasCreated: true };
}

/** Returns the images that carry the tags now; throws when one of them may not move. */
export async function checkTags(
  registry: Registry,
  repository: Repository,
  tags: readonly string[],
  local: LocalImage | undefined,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Image>> {
  const before = new Map<string, Image>();
  for (const tag of tags) {
    const image = await registry.findImage(repository.name, { tag }, signal);
    if (!image) continue;
    before.set(tag, image);
    const same = local && isDigestOf(repository, image.digest, local);
    if (!same && isTagImmutable(repository.tagMutability, tag)) {
      throw new EcrError({ kind: "tag-immutable", repository: repository.name, tag });
    }
  }
  return before;
}

/** Returns the digest when the tag names this very image in ECR already. */
export function isThere(
  reference: ImageReference,
  before: ReadonlyMap<string, Image>,
  repository: Repository,
  image: LocalImage,
): string | undefined {
  const digest = before.get(reference.tag ?? "")?.digest;
  return digest !== undefined && isDigestOf(repository, digest, image) ? digest : undefined;
}

function isDigestOf(repository: Repository, digest: string, image: LocalImage): boolean {
  return image.digests.includes(`${repository.uri}@${digest}`);
}
