import { formatImageReference, type ImageReference } from "../../core/imageReference.js";
import type { BuildEvent } from "../../core/enginePorts.js";
import type { StatusResponse } from "./statusResponse.js";

/** Where the words come from: https://github.com/moby/buildkit/blob/master/util/push/push.go */
const BEGINS = "pushing layers";
const NAMED = /^pushing manifest for (\S+)@sha256:/;

/**
 * Tells from the status of a solve when the upload for each reference begins.
 *
 * BuildKit pushes one after the other, in the order given, and tells no bytes of it.
 */
export class PushWatch {
  readonly #waiting: string[];
  #isUploading = false;

  constructor(references: readonly ImageReference[]) {
    this.#waiting = references.map(formatImageReference);
  }

  /** Takes one message and yields what is new in it. */
  *push({ statuses }: StatusResponse): Generator<BuildEvent, void, void> {
    for (const { id, completedMs } of statuses) {
      if (NAMED.test(id)) this.#isUploading = false;
      if (id !== BEGINS || completedMs !== undefined || this.#isUploading) continue;
      const reference = this.#waiting.shift();
      if (reference === undefined) continue;
      this.#isUploading = true;
      yield { type: "pushing", reference };
    }
  }
}
