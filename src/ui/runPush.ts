import * as vscode from "vscode";
import { makeFindToken } from "../core/login/findToken.js";
import type { OpenRegistries } from "../core/openRegistries.js";
import type { ImageEngine } from "../core/enginePorts.js";
import { type PushedImage, pushImage } from "../core/push/pushImage.js";
import type { PushRequest, PushSource } from "../core/push/pushRequest.js";
import type { RegistryLocation } from "../core/registry.js";
import type { TokenKeeper } from "../core/login/tokenKeeper.js";
import { type ContextReviewPorts, withContextReview } from "./context/contextReviewer.js";
import { type EventDisplay, followEvents } from "./followEvents.js";
import { readSettings } from "./settings.js";
import { withSourceLabels } from "./sourceLabels.js";

/** What running a push needs. */
export interface RunPushPorts extends EventDisplay, ContextReviewPorts {
  readonly engine: () => Promise<ImageEngine>;
  readonly registries: OpenRegistries;
  readonly tokens: TokenKeeper;
}

/** Runs one push with progress and log; returns the image and how long it took. */
export async function runPush(
  ports: RunPushPorts,
  location: RegistryLocation,
  request: Omit<PushRequest, "compression">,
  again: () => unknown,
): Promise<{ readonly image: PushedImage; readonly durationMs: number }> {
  const title = vscode.l10n.t("Push {0}", pushTitle(request));
  const startedMs = Date.now();
  const { source } = request;
  const name = pushTitle(request);
  const image = await withContextReview(ports, (reviewContext) =>
    followEvents(ports, {
      title,
      start: async (signal) => {
        const engine = await ports.engine();
        const { registries, tokens } = ports;
        const registry = await registries.open(location);
        const open = registries.open.bind(registries);
        const findToken = makeFindToken({ open, tokens }, location);
        const work = { engine, registry, tokens, findToken, pause, reviewContext };
        const { compression } = readSettings();
        const labelled = await withLabels(source, ports.log);
        const whole = { ...request, compression, source: labelled };
        return pushImage(work, whole, signal);
      },
      build:
        source.kind === "dockerfile" ? { name, dockerfile: source.dockerfile, again } : undefined,
      digestUri: ({ pinnedReference }) => pinnedReference,
    }),
  );
  return { image, durationMs: Date.now() - startedMs };
}

async function withLabels(source: PushSource, log: vscode.LogOutputChannel): Promise<PushSource> {
  if (source.kind !== "dockerfile") return source;
  return { ...source, options: await withSourceLabels(source.dockerfile, source.options, log) };
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
