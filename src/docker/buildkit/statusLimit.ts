import type { StatusResponse } from "./statusResponse.js";

/** Far more than any Dockerfile makes; each is kept until the build ends. */
const MAX_STEPS = 20_000;
const MAX_PARTS = 100_000;
const MAX_WARNINGS = 1_000;

/**
 * Lets only so much of a build's status through that what is kept of it stays small.
 *
 * A step or a part that was let through once always is; `onOverflow` hears once of the first that
 * is not.
 */
export class StatusLimit {
  readonly #steps = new Set<string>();
  readonly #parts = new Set<string>();
  #warnings = 0;
  #isOver = false;

  constructor(private readonly onOverflow: () => void) {}

  /** Returns what of a message is let through. */
  admit({ vertices, statuses, logs, warnings }: StatusResponse): StatusResponse {
    const isKnown = (digest: string): boolean => digest === "" || this.#steps.has(digest);
    return {
      vertices: vertices.filter(({ digest }) => this.#keep(this.#steps, digest, MAX_STEPS)),
      statuses: statuses.filter(
        ({ vertex, id }) =>
          isKnown(vertex) && this.#keep(this.#parts, `${vertex} ${id}`, MAX_PARTS),
      ),
      logs: logs.filter(({ vertex }) => isKnown(vertex)),
      warnings: warnings.filter(() => this.#warnings++ < MAX_WARNINGS || this.#overflow()),
    };
  }

  #keep(kept: Set<string>, key: string, limit: number): boolean {
    if (kept.has(key)) return true;
    if (kept.size >= limit) return this.#overflow();
    kept.add(key);
    return true;
  }

  #overflow(): false {
    if (!this.#isOver) this.onOverflow();
    this.#isOver = true;
    return false;
  }
}
