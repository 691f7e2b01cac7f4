import type * as vscode from "vscode";
import type { PushEvent } from "../core/pushImage.js";
import { PlainProgress } from "../core/plainProgress.js";
import { advance, pushNotBegun, toBuildEvents } from "../core/pushProgress.js";
import { withCancellableProgress } from "./cancellableProgress.js";
import { progressText, shortProgressText } from "./progressText.js";
import { pushLogLine } from "./pushLog.js";

/** Where the events of a push or build are shown. */
export interface EventDisplay {
  readonly log: vscode.LogOutputChannel;
  /** Shows the state of the work in the status bar; undefined when it has ended. */
  readonly showWork: (text: string | undefined) => void;
}

/** Least time between two updates of the notification, so that fast layers don't flood it. */
const REPORT_INTERVAL_MS = 100;

/** How often the notification is told that a silent step still runs. */
const TICK_MS = 1000;

/** Folds a stream of events into notification, status bar and log; returns what it returns. */
export async function followEvents<T>(
  { log, showWork }: EventDisplay,
  title: string,
  start: (signal: AbortSignal) => Promise<AsyncGenerator<PushEvent, T, void>>,
): Promise<T> {
  return await withCancellableProgress(title, async (report, signal) => {
    log.info(title);
    let progress = pushNotBegun;
    let reportedMs = 0;
    const plain = new PlainProgress();
    const write = (lines: readonly string[]): void => {
      for (const line of lines) log.info(line);
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
      const events = await start(signal);
      for (;;) {
        const next = await events.next();
        if (next.done) return next.value;
        const now = new Date();
        const line = pushLogLine(next.value);
        if (line !== undefined) write([...plain.end(), line]);
        for (const event of toBuildEvents(progress, next.value, now)) write(plain.push(event, now));
        const { phase } = progress;
        progress = advance(progress, next.value, now);
        const isNew = progress.phase !== phase;
        if (isNew || now.getTime() - reportedMs >= REPORT_INTERVAL_MS) show();
      }
    } finally {
      clearInterval(ticking);
      write(plain.end());
      showWork(undefined);
    }
  });
}
