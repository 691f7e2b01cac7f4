import { tryParseEcrHost } from "../ecrHost.js";
import { EcrError, isCancellation } from "../errors.js";
import type { Registry } from "../ports.js";
import type { PushRequest } from "./pushRequest.js";
import { findPushTemplate, type Image, type Repository } from "../registry.js";
import type { RegistryToken } from "../login/registryToken.js";

/** Where a push goes: a repository, or one that ECR creates by a template when the image comes. */
export interface PushPlace extends Pick<Repository, "name" | "uri" | "tagMutability"> {
  readonly registryId: string | undefined;
  /** Undefined while ECR has yet to create it. */
  readonly repository: Repository | undefined;
}

/** The place of a push as it is before it begins. */
export interface FoundPlace {
  /** Undefined where the request says to create the repository, and there is none. */
  readonly place: PushPlace | undefined;
  /** The images that carry the request's tags. */
  readonly before: ReadonlyMap<string, Image>;
}

/** Makes the place of a repository that is there. */
export function placeOf(repository: Repository): PushPlace {
  const { name, uri, tagMutability, registryId } = repository;
  return { name, uri, tagMutability, registryId, repository };
}

/**
 * Finds where a push goes and what its tags name there, asking for both at once.
 *
 * Fails with `repository-not-found` where the repository is missing, and neither the request nor a
 * template of the registry creates it; templates are asked for only then.
 */
export async function findPlace(
  registry: Registry,
  request: Pick<PushRequest, "repository" | "tags" | "create">,
  token: Promise<RegistryToken>,
  signal: AbortSignal,
): Promise<FoundPlace> {
  const { repository: name, tags, create } = request;
  const finding = registry.findRepository(name, signal);
  // A repository that is to be created is most likely not there, and then has no tags either.
  const early = create ? undefined : findTags(registry, name, tags, signal);
  const [repository, soFar] = await Promise.all([finding, early]);
  if (repository) {
    const before = soFar ?? (await findTags(registry, name, tags, signal));
    return { place: placeOf(repository), before };
  }
  const before = new Map<string, Image>();
  if (create) return { place: undefined, before };
  return { place: await findCreatedPlace(registry, name, token, signal), before };
}

/** Returns the images that carry the tags now; none where there is no such repository. */
export async function findTags(
  registry: Registry,
  repository: string,
  tags: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Image>> {
  const found = tags.map(async (tag) => {
    try {
      return await registry.findImage(repository, { tag }, signal);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  });
  const images = await Promise.all(found);
  return new Map(
    tags.flatMap((tag, index) => {
      const image = images[index];
      return image ? [[tag, image] as const] : [];
    }),
  );
}

async function findCreatedPlace(
  registry: Registry,
  name: string,
  token: Promise<RegistryToken>,
  signal: AbortSignal,
): Promise<PushPlace> {
  const template = await findTemplateFor(registry, name, signal);
  if (!template) {
    throw new EcrError({ kind: "repository-not-found", repository: name, registryId: undefined });
  }
  const { host } = await token;
  return {
    name,
    uri: `${host}/${name}`,
    tagMutability: template.tagMutability,
    registryId: tryParseEcrHost(host)?.registryId,
    repository: undefined,
  };
}

/** Who may not read the templates learns that the repository is missing, which is what they need. */
async function findTemplateFor(
  registry: Registry,
  name: string,
  signal: AbortSignal,
): Promise<ReturnType<typeof findPushTemplate>> {
  try {
    return findPushTemplate(await registry.listCreationTemplates(signal), name);
  } catch (error) {
    if (isCancellation(error) || !(error instanceof EcrError)) throw error;
    return undefined;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof EcrError && error.failure.kind === "repository-not-found";
}
