import * as vscode from "vscode";
import type { OpenRegistries } from "../core/openRegistries.js";
import type { ImageEngine } from "../core/ports.js";
import { type PushedImage, pushImage } from "../core/pushImage.js";
import { advance, pushNotBegun } from "../core/pushProgress.js";
import type { PushRequest } from "../core/pushRequest.js";
import type { RegistryLocation } from "../core/registry.js";
import type { TokenKeeper } from "../core/tokenKeeper.js";
import { withCancellableProgress } from "./cancellableProgress.js";
import { progressText, shortProgressText } from "./progressText.js";
import { pushLogLine } from "./pushLog.js";

/** What running a push needs. */
export interface RunPushPorts {
  readonly engine: () => Promise<ImageEngine>;
  readonly registries: OpenRegistries;
  readonly tokens: TokenKeeper;
  readonly log: vscode.LogOutputChannel;
  /** Shows the state of the work in the status bar; undefined when it has ended. */
  readonly showWork: (text: string | undefined) => void;
}

/** Least time between two updates of the notification, so that fast layers don't flood it. */
const REPORT_INTERVAL_MS = 100;

/** Runs one push with progress and log; returns the image and how long it took. */
export async function runPush(
  ports: RunPushPorts,
  location: RegistryLocation,
  request: PushRequest,
): Promise<{ readonly image: PushedImage; readonly durationMs: number }> {
  const title = vscode.l10n.t("Push {0}", pushTitle(request));
  const startedAt = Date.now();
  const { log, showWork } = ports;
  try {
    const image = await withCancellableProgress(title, async (report, signal) => {
      log.info(title);
      const [engine, registry] = await Promise.all([
        ports.engine(),
        ports.registries.open(location),
      ]);
      const events = pushImage({ engine, registry, tokens: ports.tokens, pause }, request, signal);
      let progress = pushNotBegun;
      let phaseStartedAt = Date.now();
      let reportedAt = 0;
      for (;;) {
        const next = await events.next();
        if (next.done) return next.value;
        const event = next.value;
        const line = pushLogLine(event);
        if (line !== undefined) log.info(line);
        if (event.type === "phase") phaseStartedAt = Date.now();
        progress = advance(progress, event);
        const now = Date.now();
        if (event.type === "layer" && now - reportedAt < REPORT_INTERVAL_MS) continue;
        reportedAt = now;
        report(progressText(progress, now - phaseStartedAt));
        showWork(shortProgressText(progress));
      }
    });
    log.info(`pushed ${image.pinnedReference}`);
    return { image, durationMs: Date.now() - startedAt };
  } finally {
    showWork(undefined);
  }
}

/** Names what a push makes: `team/api:1.4.0`. */
export function pushTitle({ repository, tags }: Pick<PushRequest, "repository" | "tags">): string {
  return `${repository}:${tags.join(", ")}`;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    function stop(): void {
      clearTimeout(timer);
      reject(signal.reason as Error);
    }
    signal.addEventListener("abort", stop, { once: true });
  });
}
