import * as vscode from "vscode";
import { downloadProgress, type PullProgress } from "../core/pull/pullProgress.js";
import { formatBytes } from "./quantities.js";
import { withoutLinks } from "./withoutLinks.js";

/** Says where a pull stands, for the progress notification. */
export function pullText(progress: PullProgress): string {
  return withoutLinks(stateText(progress));
}

function stateText(progress: PullProgress): string {
  const { t } = vscode.l10n;
  const { layers, layersHere, layersDone, doneBytes, totalBytes } = downloadProgress(progress);
  if (progress.layers.size === 0) return t("Asking the registry");
  if (progress.retry !== undefined) return progress.retry;
  if (layers > 0 && layersHere === layers && layersDone > 0 && layersDone < layers) {
    return t("Unpacking {0} of {1} layers", layersDone, layers);
  }
  const downloading = t("Downloading {0} of {1} layers", layersHere, layers);
  if (totalBytes === 0) return downloading;
  const amount = t("{0} of {1}", formatBytes(doneBytes), formatBytes(totalBytes));
  return `${downloading} · ${amount}`;
}
