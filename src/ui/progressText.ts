import * as vscode from "vscode";
import { type PushProgress, uploadPercent, uploadProgress } from "../core/pushProgress.js";
import { formatBytes, formatDuration } from "./quantities.js";
import { withoutLinks } from "./withoutLinks.js";

/** Steps longer than this are cut, so that the notification keeps to two lines. */
const MAX_STEP_LENGTH = 60;

/** Says where a push stands, for the progress notification. */
export function progressText(progress: PushProgress, elapsedMs: number): string {
  return withoutLinks(phaseText(progress, elapsedMs));
}

/** Says it in one or two words, for the status bar. */
export function shortProgressText(progress: PushProgress): string {
  const { t } = vscode.l10n;
  if (progress.phase === "build") return t("Building");
  const percent = uploadPercent(uploadProgress(progress));
  return percent === undefined ? t("Pushing") : t("Pushing {0}%", percent);
}

function phaseText(progress: PushProgress, elapsedMs: number): string {
  const { t } = vscode.l10n;
  switch (progress.phase) {
    case "preflight":
      return t("Checking engine, credentials and repository");
    case "build":
      return buildText(progress, elapsedMs);
    case "tag":
      return t("Tagging");
    case "push":
      return uploadText(progress);
    case "verify":
      return t("Verifying");
  }
}

function buildText({ step, contextBytes }: PushProgress, elapsedMs: number): string {
  const { t } = vscode.l10n;
  if (step) {
    const { index, total, text } = step;
    const shown = text.length > MAX_STEP_LENGTH ? `${text.slice(0, MAX_STEP_LENGTH - 1)}…` : text;
    return t("Building {0}/{1} · {2} · {3}", index, total, shown, formatDuration(elapsedMs));
  }
  return t("Sending the build context · {0}", formatBytes(contextBytes));
}

function uploadText(progress: PushProgress): string {
  const { t } = vscode.l10n;
  if (progress.retry !== undefined) return progress.retry;
  const { layersDone, layers, sentBytes, totalBytes } = uploadProgress(progress);
  if (totalBytes === 0) return t("Uploading");
  return t(
    "Uploading {0} of {1} layers · {2} of {3}",
    layersDone,
    layers,
    formatBytes(sentBytes),
    formatBytes(totalBytes),
  );
}
