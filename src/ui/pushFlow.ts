import * as vscode from "vscode";
import type { PushedImage } from "../core/push/pushImage.js";
import type { PushRequest, PushSource } from "../core/push/pushRequest.js";
import type { RegistryLocation } from "../core/registry.js";
import type { RunTarget } from "../core/push/runTarget.js";
import type { ErrorBoundary } from "./errorBoundary.js";
import { formatBytes, formatDuration } from "./quantities.js";
import type { RemedyActions } from "./failures/remedies.js";
import { pushTitle, runPush, type RunPushPorts } from "./runPush.js";

/** What showing a push needs. */
export interface PushFlowPorts extends RunPushPorts {
  readonly boundary: ErrorBoundary;
  /** Tells the rest of the window that a registry is in use. */
  readonly markUsed: (location: RegistryLocation) => void;
  /** Brings the sidebar up to date after a push. */
  readonly refreshRepository: (location: RegistryLocation, repository: string) => void;
  /** Opens the sidebar at the image. */
  readonly revealImage: (location: RegistryLocation, image: PushedImage) => Promise<void>;
}

/** One push as the user asked for it. */
export interface PushOrder {
  readonly location: RegistryLocation;
  readonly source: PushSource;
  readonly repository: string;
  readonly tags: readonly string[];
  readonly platforms: readonly string[];
  /** Where the image will run; undefined is anywhere. */
  readonly runsOn?: RunTarget;
  readonly create: PushRequest["create"];
  /** Milliseconds that the last push of this kind took; undefined where none ended well. */
  readonly lastTookMs?: number | undefined;
  readonly acceptsShortSession?: boolean;
  /** Asks again from here on, or the platform alone, for failures that another answer mends. */
  readonly askAgain: (from: "repository" | "tags" | "platform" | "options") => unknown;
  /** Called when the image was seen in ECR, with how long that took. */
  readonly onPushed?: (tookMs: number) => Promise<void>;
  /** Pushes once more, as a command of its own; as now when it is left out. */
  readonly repeat?: () => unknown;
}

/** How long a new token may take: somebody may have to find an MFA device first. */
const RENEWAL_MS = 300_000;

/** Runs a push, then shows its result or its failure with what to do next. */
export async function showPush(ports: PushFlowPorts, order: PushOrder): Promise<void> {
  const again =
    (change: Partial<PushOrder> = {}) =>
    (): Promise<void> =>
      showPush(ports, { ...order, ...change });
  const { location, askAgain, onPushed, repeat = again(), ...request } = order;
  const title = vscode.l10n.t("Push {0}", pushTitle(request));
  ports.markUsed(location);
  const renewAndRepeat = async (): Promise<void> => {
    const renew = async (): Promise<unknown> =>
      ports.tokens.renew(await ports.registries.open(location), AbortSignal.timeout(RENEWAL_MS));
    const token = await ports.boundary.run(title, renew, { retry: renewAndRepeat });
    if (token !== undefined) await again()();
  };
  const actions: RemedyActions = {
    retry: again(),
    "renew-token": renewAndRepeat,
    "create-and-push": again({ create: { tagMutability: "mutable" } }),
    "push-anyway": again({ acceptsShortSession: true }),
    "pick-tag": () => askAgain("tags"),
    "pick-repository": () => askAgain("repository"),
    "pick-platform": () => askAgain("platform"),
    "build-options": () => askAgain("options"),
  };
  const done = await ports.boundary.run(
    title,
    () => runPush(ports, location, request, repeat),
    actions,
  );
  // A push that failed late has changed the repository too.
  ports.refreshRepository(location, request.repository);
  if (done) await onPushed?.(done.durationMs);
  if (done) await showResult(ports, location, done.image, done.durationMs);
}

async function showResult(
  ports: PushFlowPorts,
  location: RegistryLocation,
  image: PushedImage,
  durationMs: number,
): Promise<void> {
  const { t } = vscode.l10n;
  const copy = t("Copy Digest URI");
  const show = t("Show in Sidebar");
  const showLog = t("Show Log");
  const message = resultMessage(image, durationMs);
  const chosen = await vscode.window.showInformationMessage(message, copy, show, showLog);
  if (chosen === copy) await vscode.env.clipboard.writeText(image.pinnedReference);
  if (chosen === show) await ports.revealImage(location, image);
  if (chosen === showLog) ports.log.show();
}

function resultMessage(image: PushedImage, durationMs: number): string {
  const name = pushTitle({ repository: image.repository.name, tags: image.tags });
  if (image.wasThere) {
    return vscode.l10n.t("{0} was already in ECR with this digest.", name);
  }
  const size = image.sizeBytes === undefined ? undefined : formatBytes(image.sizeBytes);
  const facts = [size, ...image.platforms, formatDuration(durationMs)].filter(
    (fact) => fact !== undefined,
  );
  return vscode.l10n.t("{0} is in ECR ({1}).", name, facts.join(", "));
}
