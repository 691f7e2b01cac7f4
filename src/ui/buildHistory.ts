import * as vscode from "vscode";
import { BoundedLines } from "../core/build/boundedLines.js";
import { endSteps } from "../core/build/buildSteps.js";
import { EcrError, type Failure, isCancellation } from "../core/errors.js";
import { pushNotBegun, type PushProgress } from "../core/push/pushProgress.js";

/** More builds than this are not remembered; the oldest finished one goes first. */
const MAX_BUILDS = 25;

/** Where a build came from. */
export interface BuildOrigin {
  /** What it makes, such as `team/api:1.4.0`. */
  readonly name: string;
  /** Path of the Dockerfile. */
  readonly dockerfile: string;
  /** Runs it once more. */
  readonly again: () => unknown;
}

/** A build as it stands; replaced while it runs, never changed. */
export interface BuildRecord extends BuildOrigin {
  readonly id: string;
  readonly startedAt: Date;
  readonly endedAt: Date | undefined;
  readonly state: "running" | "done" | "failed" | "cancelled";
  readonly progress: PushProgress;
  /** Why it failed. */
  readonly failure: Failure | undefined;
  /** The reference that always means the pushed image. */
  readonly digestUri: string | undefined;
}

/** What the one who runs a build tells of it. */
export interface RunningBuild {
  readonly signal: AbortSignal;
  advance(progress: PushProgress): void;
  write(lines: readonly string[]): void;
  succeed(digestUri: string | undefined): void;
  /** Ends it with an error, which may be a cancellation. */
  fail(error: unknown): void;
}

interface Held {
  record: BuildRecord;
  readonly output: BoundedLines;
  readonly cancel: AbortController;
}

/** The builds of this window, newest first, with their steps and their output. */
export class BuildHistory implements vscode.Disposable {
  readonly #held = new Map<string, Held>();
  readonly #changed = new vscode.EventEmitter<string | undefined>();
  readonly #written = new vscode.EventEmitter<{ id: string; lines: readonly string[] }>();
  #count = 0;
  /** Tells the id of a build that changed, or undefined when the list did. */
  readonly onDidChange = this.#changed.event;
  /** Tells lines as they are written. */
  readonly onDidWrite = this.#written.event;

  get builds(): readonly BuildRecord[] {
    return [...this.#held.values()].map(({ record }) => record).reverse();
  }

  find(id: string): BuildRecord | undefined {
    return this.#held.get(id)?.record;
  }

  /** Returns the lines that are remembered of a build's output. */
  readOutput(id: string): readonly string[] {
    const gap = (lines: number): string =>
      vscode.l10n.t("… {0} lines are left out here …", lines.toLocaleString(vscode.env.language));
    return this.#held.get(id)?.output.read(gap) ?? [];
  }

  start(origin: BuildOrigin): RunningBuild {
    this.#count += 1;
    const id = `build ${this.#count}`;
    const record: BuildRecord = {
      ...origin,
      id,
      startedAt: new Date(),
      endedAt: undefined,
      state: "running",
      progress: pushNotBegun,
      failure: undefined,
      digestUri: undefined,
    };
    const held: Held = { record, output: new BoundedLines(), cancel: new AbortController() };
    this.#held.set(id, held);
    this.#forgetOldest();
    this.#changed.fire(undefined);
    const change = (changes: Partial<BuildRecord>): void => {
      held.record = { ...held.record, ...changes };
      if (this.#held.has(id)) this.#changed.fire(id);
    };
    return {
      signal: held.cancel.signal,
      advance: (progress) => {
        if (progress !== held.record.progress) change({ progress });
      },
      write: (lines) => {
        for (const line of lines) held.output.push(line);
        if (lines.length > 0) this.#written.fire({ id, lines });
      },
      succeed: (digestUri) => {
        change({ state: "done", endedAt: new Date(), digestUri });
      },
      fail: (error) => {
        const state = isCancellation(error) ? "cancelled" : "failed";
        const endedAt = new Date();
        const { progress } = held.record;
        const steps = endSteps(progress.steps, state, endedAt);
        const failure = error instanceof EcrError ? error.failure : undefined;
        change({ state, endedAt, failure, progress: { ...progress, steps } });
      },
    };
  }

  /** Stops a build that runs. */
  cancel(id: string): void {
    this.#held.get(id)?.cancel.abort();
  }

  /** Forgets the builds that have ended. */
  clearFinished(): void {
    for (const [id, { record }] of this.#held)
      if (record.state !== "running") this.#held.delete(id);
    this.#changed.fire(undefined);
  }

  dispose(): void {
    this.#changed.dispose();
    this.#written.dispose();
  }

  #forgetOldest(): void {
    for (const [id, { record }] of this.#held) {
      if (this.#held.size <= MAX_BUILDS) return;
      if (record.state !== "running") this.#held.delete(id);
    }
  }
}
