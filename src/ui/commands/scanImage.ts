import * as vscode from "vscode";
import { awaitScan } from "../../core/changes/awaitScan.js";
import { type Scan, SEVERITIES, type Severity } from "../../core/images/imageDetails/findings.js";
import { asSentence } from "../asSentence.js";
import { askImageNode } from "../askNode.js";
import { withCancellableProgress } from "../cancellableProgress.js";
import type { ImageNode } from "../explorer/registryNodes.js";
import { type ChangePorts, patience } from "../manage/changePorts.js";
import { fullImageName } from "../manage/imageName.js";

/** *Scan Image*: begins a scan for known vulnerabilities, and says what it found when it is done. */
export async function scanImage(
  ports: ChangePorts,
  title: string,
  target: ImageNode | undefined,
): Promise<void> {
  const node = target ?? (await askImageNode(ports, title));
  if (!node) return;
  const { location, repository, image } = node;
  const registry = await ports.registries.open(location);
  await registry.changes.startScan(repository.name, image.digest, patience());
  const name = fullImageName(repository.name, image);
  // Leaving ends the waiting; the scan goes on.
  const scan = await withCancellableProgress(
    vscode.l10n.t("Scanning {0}", name),
    async (_, signal) =>
      awaitScan(registry.contents, repository.name, image.digest, signal, pauseUnlessAborted),
  );
  ports.refreshRepository(location, repository.name);
  const text = scanText(name, scan);
  if (scan?.state === "complete" || scan?.state === "continuous") {
    void vscode.window.showInformationMessage(text);
  } else void vscode.window.showWarningMessage(text);
}

/** Says what a scan came to, the worst findings first. */
export function scanText(name: string, scan: Scan | undefined): string {
  const { t } = vscode.l10n;
  if (scan?.state !== "complete" && scan?.state !== "continuous") {
    const note = scan?.note;
    return note === undefined
      ? t("The scan of {0} came to no result.", name)
      : t("The scan of {0} came to no result: {1}", name, asSentence(note));
  }
  const found = SEVERITIES.flatMap((severity) => {
    const count = scan.counts[severity] ?? 0;
    return count === 0 ? [] : severityText(severity, count);
  });
  return found.length === 0
    ? t("The scan of {0} found nothing.", name)
    : t("The scan of {0} found: {1}.", name, found.join(", "));
}

function severityText(severity: Severity, count: number): string {
  const { t } = vscode.l10n;
  switch (severity) {
    case "critical":
      return t("{0} critical", count);
    case "high":
      return t("{0} high", count);
    case "medium":
      return t("{0} medium", count);
    case "low":
      return t("{0} low", count);
    case "informational":
      return t("{0} informational", count);
    case "undefined":
      return t("{0} not rated", count);
  }
}

function pauseUnlessAborted(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
