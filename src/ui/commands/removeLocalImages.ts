import * as vscode from "vscode";
import type { ImageEngine, LocalImage } from "../../core/enginePorts.js";
import { EcrError } from "../../core/errors.js";
import { planRemoval, type RemovalPlan } from "../../core/changes/planRemoval.js";
import { type RemovalOutcome, removeImages } from "../../core/changes/removeImages.js";
import { withCancellableProgress } from "../cancellableProgress.js";
import { explain } from "../failures/explain.js";
import { logFailure } from "../failureLog.js";
import { isDangling, type LocalImagesNode } from "../localImages/localImageNodes.js";
import { localRowName } from "../localImages/localImageNames.js";
import type { LocalImagesView } from "../localImages/localImagesView.js";
import { askRemoval } from "../localImages/askRemoval.js";
import { pickLocalImages } from "../localImages/pickLocalImages.js";
import { withoutLinks } from "../withoutLinks.js";

/** What removing local images needs. */
export interface RemoveLocalImagesPorts {
  readonly engine: () => Promise<ImageEngine>;
  readonly localImages: Pick<LocalImagesView, "refresh">;
  readonly log: vscode.LogOutputChannel;
}

/** How long the engine may take to list its images or containers. */
const LIST_TIMEOUT_MS = 30_000;

/** *Remove…*: takes local images away, all that are selected, after saying what goes. */
export async function removeLocalImages(
  ports: RemoveLocalImagesPorts,
  title: string,
  target: LocalImagesNode | undefined,
  selected: readonly LocalImagesNode[],
): Promise<void> {
  const nodes = selected.length > 0 ? selected : target ? [target] : undefined;
  const images = nodes ? nodes.flatMap(imagesOf) : await pickLocalImages(title, ports.engine);
  if (images.length > 0) await askAndRemove(ports, title, images);
}

/** *Remove All* of the dangling images: those that no tag names any more. */
export async function removeDanglingImages(
  ports: RemoveLocalImagesPorts,
  title: string,
): Promise<void> {
  const engine = await ports.engine();
  // What is dangling now, rather than when the row was drawn: a build may have taken one up.
  const images = await engine.listImages(AbortSignal.timeout(LIST_TIMEOUT_MS));
  const dangling = images.filter(isDangling);
  if (dangling.length > 0) await askAndRemove(ports, title, dangling);
  else {
    void vscode.window.setStatusBarMessage(vscode.l10n.t("No image is dangling."), 5000);
    ports.localImages.refresh();
  }
}

async function askAndRemove(
  ports: RemoveLocalImagesPorts,
  title: string,
  images: readonly LocalImage[],
): Promise<void> {
  const engine = await ports.engine();
  const containers = await engine.listContainers(AbortSignal.timeout(LIST_TIMEOUT_MS));
  const plan = planRemoval(images, containers);
  refuseWhatRuns(plan);
  const answer = await askRemoval(plan);
  if (answer === undefined) return;
  const forced = answer === "used-too" ? plan.stopped.map(({ image }) => image) : [];
  const all = [
    ...plan.free.map((image) => ({ image, isForced: false })),
    ...forced.map((image) => ({ image, isForced: true })),
  ];
  try {
    const outcome = await withCancellableProgress(title, (report, signal) =>
      removeImages(
        engine,
        all,
        (done) => {
          report(vscode.l10n.t("{0} of {1}", done + 1, all.length));
        },
        signal,
      ),
    );
    tellOutcome(ports, title, outcome);
  } finally {
    ports.localImages.refresh();
  }
}

/** Fails when nothing can go, as containers that run use all of it. */
function refuseWhatRuns({ free, stopped, running }: RemovalPlan): void {
  const [first] = running;
  if (!first || free.length > 0 || stopped.length > 0) return;
  const containers = first.containers.map(({ name }) => name);
  const image = localRowName(first.image);
  throw new EcrError({ kind: "image-in-use", image, containers, by: "running-container" });
}

function tellOutcome(
  { log }: RemoveLocalImagesPorts,
  title: string,
  { removed, kept }: RemovalOutcome,
): void {
  const { t } = vscode.l10n;
  for (const image of removed) log.info(`removed ${image.references.join(", ") || image.id}`);
  for (const { error } of kept) logFailure(log, title, error);
  const [first] = kept;
  if (first && removed.length === 0 && kept.length === 1) throw first.error;
  if (!first) {
    const [only] = removed;
    const message =
      removed.length === 1 && only
        ? t("{0} is removed.", localRowName(only))
        : t("{0} local images are removed.", removed.length);
    void vscode.window.setStatusBarMessage(message, 5000);
    return;
  }
  const reason =
    first.error instanceof EcrError ? explain(first.error.failure).message : first.error.message;
  const showLog = t("Show Log");
  const told = t("{0} removed, {1} not. {2}", removed.length, kept.length, reason);
  const message = withoutLinks(told);
  void vscode.window.showWarningMessage(message, showLog).then((pressed) => {
    if (pressed === showLog) log.show();
  });
}

function imagesOf(node: LocalImagesNode): readonly LocalImage[] {
  return node.kind === "dangling" ? node.images : [node.image];
}
