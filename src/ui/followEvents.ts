import type * as vscode from "vscode";
import type { PushEvent } from "../core/push/pushImage.js";
import { asEcrError, EcrError, isCancellation } from "../core/errors.js";
import { PlainProgress } from "../core/build/plainProgress.js";
import { advance, pushNotBegun, toBuildEvents } from "../core/push/pushProgress.js";
import type { BuildDiagnostics } from "./buildDiagnostics.js";
import type { BuildHistory, BuildOrigin } from "./buildHistory.js";
import { explain } from "./failures/explain.js";
import { withCancellableProgress } from "./cancellableProgress.js";
import { progressText, shortProgressText } from "./progressText.js";
import { pushLogLine } from "./pushLog.js";

/** Where the events of a push or build are shown. */
export interface EventDisplay {
  readonly log: vscode.LogOutputChannel;
  /** Shows the state of the work in the status bar; undefined when it has ended. */
  readonly showWork: (text: string | undefined) => void;
  readonly builds: BuildHistory;
  readonly diagnostics: BuildDiagnostics;
}

/** What is followed, and what it leaves behind. */
export interface FollowedWork<T> {
  readonly title: string;
  readonly start: (signal: AbortSignal) => Promise<AsyncGenerator<PushEvent, T, void>>;
  /** Where a build comes from; undefined for work that builds nothing. */
  readonly build?: BuildOrigin | undefined;
  /** The reference that always means what was pushed. */
  readonly digestUri?: (value: T) => string;
}

/** Least time between two updates of the notification, so that fast layers don't flood it. */
const REPORT_INTERVAL_MS = 100;

/** How often the notification is told that a silent step still runs. */
const TICK_MS = 1000;

/** Folds a stream of events into notification, status bar and log; returns what it returns. */
export async function followEvents<T>(
  { log, showWork, builds, diagnostics }: EventDisplay,
  { title, start, build, digestUri }: FollowedWork<T>,
): Promise<T> {
  return await withCancellableProgress(title, async (report, signal) => {
    log.info(title);
    if (build) diagnostics.clear(build.dockerfile);
    const record = build && builds.start(build);
    let progress = pushNotBegun;
    let reportedMs = 0;
    const plain = new PlainProgress();
    const write = (lines: readonly string[]): void => {
      for (const line of lines) if (line !== "") log.info(line);
      record?.write(lines);
    };
    const show = (): void => {
      reportedMs = Date.now();
      report(progressText(progress, new Date(reportedMs)));
      showWork(shortProgressText(progress));
    };
    const ticking = setInterval(() => {
      write(plain.tick(new Date()));
      show();
    }, TICK_MS);
    try {
      const events = await start(record ? AbortSignal.any([signal, record.signal]) : signal);
      for (;;) {
        const next = await events.next();
        if (next.done) {
          const uri = digestUri?.(next.value);
          write([...plain.end(), ...(uri === undefined ? [] : [`pushed ${uri}`])]);
          record?.succeed(uri);
          return next.value;
        }
        const now = new Date();
        for (const event of toBuildEvents(progress, next.value, now)) write(plain.push(event, now));
        const line = pushLogLine(next.value);
        if (line !== undefined) write([...plain.end(), line]);
        const { phase } = progress;
        progress = advance(progress, next.value, now);
        record?.advance(progress);
        if (build && next.value.type === "warning") {
          void diagnostics.showWarning(build.dockerfile, next.value);
        }
        const isNew = progress.phase !== phase;
        if (isNew || now.getTime() - reportedMs >= REPORT_INTERVAL_MS) show();
      }
    } catch (error) {
      write([...plain.end(), isCancellation(error) ? "CANCELED" : `ERROR: ${describe(error)}`]);
      record?.fail(asEcrError(error));
      if (error instanceof EcrError) void diagnostics.showFailure(error.failure);
      throw error;
    } finally {
      clearInterval(ticking);
      write(plain.end());
      showWork(undefined);
    }
  });
}

function describe(error: unknown): string {
  const known = asEcrError(error);
  return known instanceof EcrError ? explain(known.failure).message : known.message;
}
