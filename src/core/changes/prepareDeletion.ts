import { type DeletionPlan, planDeletion } from "./deletionPlan.js";
import { isCancellation } from "../errors.js";
import type { Manifest } from "../images/manifest.js";
import { type Image, isIndex } from "../registry.js";

/** What planning a deletion reads of a registry. */
export interface DeletionReader {
  /** Returns those of the images that are there, by digest. */
  findImages(
    repository: string,
    digests: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Image>>;
  readManifests(
    repository: string,
    digests: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Manifest>>;
}

/** An image that people chose to delete, with what its row tells. */
export interface ChosenImage {
  readonly image: Image;
  /** The index below whose row it stands. */
  readonly index?: string | undefined;
  /** What is about it and stands below its row. */
  readonly attached?: readonly Image[];
}

/** A plan, and what reading for it came to. */
export interface PreparedDeletion {
  readonly plan: DeletionPlan;
  /** Chosen images that are not there any more. */
  readonly gone: readonly Image[];
  /** Why it is not known what goes with the chosen images; undefined where it is. */
  readonly unread: unknown;
}

/**
 * Reads what a deletion would take, as it is now and not as rows show it.
 *
 * Where a right to read is missing, the plan has what the rows tell, and `unread` says why.
 */
export async function prepareDeletion(
  reader: DeletionReader,
  repository: string,
  chosen: readonly ChosenImage[],
  signal: AbortSignal,
): Promise<PreparedDeletion> {
  const shown = new Map(chosen.map(({ image }) => [image.digest, image]));
  const attached = chosen.flatMap((one) => one.attached ?? []);
  const holders = [...new Set(chosen.flatMap(({ index }) => index ?? []))];
  try {
    const there = await reader.findImages(repository, [...shown.keys()], signal);
    const indexes = [...there.values()].filter(isIndex).map(({ digest }) => digest);
    const toRead = [...new Set([...indexes, ...holders])];
    const manifests = await reader.readManifests(repository, toRead, signal);
    const inIndexes = indexes.flatMap((digest) => manifests.get(digest)?.entries ?? []);
    const others = [...inIndexes.map(({ digest }) => digest), ...attached.map((one) => one.digest)];
    const unknown = [...new Set(others)].filter((digest) => !there.has(digest));
    const children = await reader.findImages(repository, unknown, signal);
    const isThere = ({ digest }: Image): boolean => children.has(digest) || there.has(digest);
    return {
      plan: planDeletion({
        chosen: [...there.values()],
        manifests,
        children: new Map([...children, ...there]),
        attached: attached.filter(isThere),
      }),
      gone: [...shown.values()].filter(({ digest }) => !there.has(digest)),
      unread: undefined,
    };
  } catch (error) {
    if (isCancellation(error)) throw error;
    const facts = { chosen: [...shown.values()], manifests: new Map(), children: new Map() };
    return { plan: planDeletion({ ...facts, attached }), gone: [], unread: error };
  }
}
