import type { DeletionPlan, PlannedImage } from "./deletionPlan.js";
import { EcrError, type ErrorKind } from "../errors.js";
import type { ImageRefusal } from "./imageRefusal.js";
import type { Image } from "../registry.js";
import type { RegistryChanges, RemovedImages } from "./registryChanges.js";

/** The most images that one call of ECR is about. */
const BATCH_SIZE = 100;

/** What deleting needs of a registry. */
export interface ImageRemover extends Pick<RegistryChanges, "deleteImages"> {
  /** Returns those of the images that are there, by digest. */
  findImages(
    repository: string,
    digests: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Image>>;
}

/** An exact account of a deletion, at any moment of it. */
export interface DeletionAccount {
  /** How many images it is about. */
  readonly total: number;
  readonly deleted: readonly PlannedImage[];
  /** Those that somebody else deleted before. */
  readonly gone: readonly PlannedImage[];
  readonly refused: readonly { readonly planned: PlannedImage; readonly refusal: ImageRefusal }[];
  /** Those of a batch whose answer never came: they may be gone or not. */
  readonly unsure: readonly PlannedImage[];
  /** Those that nobody asked to delete, as the deletion ended before. */
  readonly left: readonly PlannedImage[];
  /** How it ended; undefined while it goes on. */
  readonly end: DeletionEnd | undefined;
}

/** How a deletion ended: with all that it was about, by the user's wish, or by a failure. */
export type DeletionEnd =
  | { readonly kind: "complete" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly error: unknown };

/**
 * Deletes what a plan names, batch by batch, and yields the account after each.
 *
 * `signal` is heeded between batches: a batch that was sent is answered, so that the account is
 * exact. `batchSignal` bounds the wait for each answer. Nothing is thrown; the last account says how
 * it ended.
 */
export async function* deleteImages(
  remover: ImageRemover,
  repository: string,
  { waves }: DeletionPlan,
  signal: AbortSignal,
  batchSignal: () => AbortSignal,
): AsyncGenerator<DeletionAccount, void> {
  const batches = waves.flatMap(inBatches);
  let account: DeletionAccount = {
    total: waves.flat().length,
    deleted: [],
    gone: [],
    refused: [],
    unsure: [],
    left: waves.flat(),
    end: undefined,
  };
  for (const batch of batches) {
    if (signal.aborted) {
      yield { ...account, end: { kind: "cancelled" } };
      return;
    }
    account = { ...account, left: account.left.slice(batch.length) };
    const digests = batch.map(({ image }) => image.digest);
    try {
      const answer = await remover.deleteImages(repository, digests, batchSignal());
      account = withAnswer(account, batch, answer);
    } catch (error) {
      const rest = account.left;
      account = wasRefused(error)
        ? { ...account, left: [...batch, ...rest] }
        : await remover.findImages(repository, digests, batchSignal()).then(
            (there) => withLook(account, batch, there),
            () => ({ ...account, unsure: batch }),
          );
      yield { ...account, end: { kind: "failed", error } };
      return;
    }
    yield account;
  }
  yield { ...account, end: { kind: "complete" } };
}

function inBatches(wave: readonly PlannedImage[]): readonly (readonly PlannedImage[])[] {
  const count = Math.ceil(wave.length / BATCH_SIZE);
  return Array.from({ length: count }, (_, at) =>
    wave.slice(at * BATCH_SIZE, (at + 1) * BATCH_SIZE),
  );
}

function withAnswer(
  account: DeletionAccount,
  batch: readonly PlannedImage[],
  { deleted, gone, refused }: RemovedImages,
): DeletionAccount {
  const by = (digests: readonly string[]): readonly PlannedImage[] => {
    const wanted = new Set(digests);
    return batch.filter(({ image }) => wanted.has(image.digest));
  };
  const reasons = new Map(refused.map((refusal) => [refusal.digest, refusal]));
  // A platform that another index holds too stays, as it should; nobody chose it.
  const failed = batch.flatMap((planned) => {
    const refusal = reasons.get(planned.image.digest);
    return refusal && !(planned.role === "part" && refusal.why === "in-index")
      ? [{ planned, refusal }]
      : [];
  });
  return {
    ...account,
    deleted: [...account.deleted, ...by(deleted)],
    gone: [...account.gone, ...by(gone)],
    refused: [...account.refused, ...failed],
  };
}

/** A batch without an answer may have been carried out; a look tells. */
function withLook(
  account: DeletionAccount,
  batch: readonly PlannedImage[],
  there: ReadonlyMap<string, Image>,
): DeletionAccount {
  const isThere = ({ image }: PlannedImage): boolean => there.has(image.digest);
  return {
    ...account,
    deleted: [...account.deleted, ...batch.filter((planned) => !isThere(planned))],
    left: [...batch.filter(isThere), ...account.left],
  };
}

/** The failures after which nobody knows whether AWS did what it was asked for. */
const UNANSWERED: ReadonlySet<ErrorKind> = new Set([
  "aws-unreachable",
  "aws-failed",
  "certificate-untrusted",
  "proxy-refused",
  "unexpected",
]);

function wasRefused(error: unknown): boolean {
  return error instanceof EcrError && !UNANSWERED.has(error.failure.kind);
}
