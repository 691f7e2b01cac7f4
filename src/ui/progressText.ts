import * as vscode from "vscode";
import { buildPosition, stepBytes } from "../core/build/buildSteps.js";
import { type PushProgress, uploadPercent, uploadProgress } from "../core/push/pushProgress.js";
import { amountText, stepLabel } from "./stepText.js";
import { formatBytes, formatDuration } from "./quantities.js";
import { withoutLinks } from "./withoutLinks.js";

/** Steps longer than this are cut, so that the notification keeps to two lines. */
const MAX_STEP_LENGTH = 60;

/** Says where a push stands, for the progress notification. */
export function progressText(progress: PushProgress, now: Date): string {
  return withoutLinks(phaseText(progress, now));
}

/** Says it in one or two words, for the status bar. */
export function shortProgressText(progress: PushProgress): string {
  const { t } = vscode.l10n;
  if (progress.phase === "preflight") return t("Checking");
  if (progress.phase === "build") return t("Building");
  const percent = uploadPercent(uploadProgress(progress));
  return percent === undefined ? t("Pushing") : t("Pushing {0}%", percent);
}

function phaseText(progress: PushProgress, now: Date): string {
  const { t } = vscode.l10n;
  switch (progress.phase) {
    case "preflight":
      return t("Checking that all is ready");
    case "build":
      return buildText(progress, now);
    case "tag":
      return t("Tagging");
    case "push":
      return uploadText(progress, now);
    case "verify":
      return t("Verifying");
  }
}

function buildText({ steps }: PushProgress, now: Date): string {
  const { t } = vscode.l10n;
  const position = buildPosition(steps);
  if (!position) return t("Starting the build");
  const { index, total, step } = position;
  const facts = [cut(stepLabel(step))];
  const bytes = step.state === "running" ? stepBytes(step) : undefined;
  if (bytes) facts.push(amountText(bytes));
  const elapsedMs = (step.endedAt ?? now).getTime() - (step.startedAt ?? now).getTime();
  facts.push(formatDuration(elapsedMs));
  const doing = total > 0 ? t("Building {0}/{1}", index, total) : t("Building");
  return [doing, ...facts].join(" · ");
}

function cut(text: string): string {
  return text.length > MAX_STEP_LENGTH ? `${text.slice(0, MAX_STEP_LENGTH - 1)}…` : text;
}

function uploadText(progress: PushProgress, now: Date): string {
  const { t } = vscode.l10n;
  if (progress.retry !== undefined) return progress.retry;
  const { layersDone, layers, sentBytes, totalBytes } = uploadProgress(progress);
  if (totalBytes === 0) {
    const startedAt = progress.pushing?.startedAt ?? now;
    const elapsedMs = now.getTime() - startedAt.getTime();
    // A build that pushes tells no bytes, so the time has to say that it goes on.
    return elapsedMs < 1000 ? t("Uploading") : t("Uploading · {0}", formatDuration(elapsedMs));
  }
  return t(
    "Uploading {0} of {1} layers · {2} of {3}",
    layersDone,
    layers,
    formatBytes(sentBytes),
    formatBytes(totalBytes),
  );
}
