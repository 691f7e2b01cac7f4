import { asEcrError, EcrError, type ErrorKind, type Failure } from "../errors.js";
import type { Image } from "../registry.js";

/** What became of images that were changed one by one. */
export interface ChangeAccount {
  readonly changed: readonly Image[];
  readonly failed: readonly { readonly image: Image; readonly failure: Failure }[];
  /** Those that nobody asked to change. */
  readonly left: readonly Image[];
  /** What ended it early, other than the user's wish. */
  readonly error?: Error;
}

/** Failures that are about one image, so that the next one is tried. */
const OF_ONE_IMAGE: ReadonlySet<ErrorKind> = new Set([
  "image-not-found",
  "image-archived",
  "storage-class-refused",
  "image-change-refused",
]);

/**
 * Changes images one by one, and yields the account after each; `signal` is heeded in between.
 *
 * What is wrong with one image is in the account; any other failure ends it.
 */
export async function* changeEach(
  images: readonly Image[],
  change: (image: Image) => Promise<void>,
  signal: AbortSignal,
): AsyncGenerator<ChangeAccount, void> {
  let account: ChangeAccount = { changed: [], failed: [], left: images };
  for (const image of images) {
    if (signal.aborted) return;
    try {
      await change(image);
      account = { ...account, changed: [...account.changed, image], left: account.left.slice(1) };
    } catch (error) {
      const failure = error instanceof EcrError ? error.failure : undefined;
      if (!failure || !OF_ONE_IMAGE.has(failure.kind)) {
        yield { ...account, error: asEcrError(error) };
        return;
      }
      const failed = [...account.failed, { image, failure }];
      account = { ...account, failed, left: account.left.slice(1) };
    }
    yield account;
  }
}
