import * as vscode from "vscode";
import type { BuildStep } from "../core/buildSteps.js";
import { formatBytes } from "./quantities.js";

/** Names a step for people: its instruction, or what the builder does by itself. */
export function stepLabel({ name, place }: Pick<BuildStep, "name" | "place">): string {
  return (place?.text ?? name.replace(/^\[internal\] /, "")).replace(/\s+/g, " ");
}

/** Says how much is done of how much, or only how much while the whole is unknown. */
export function amountText({
  doneBytes,
  totalBytes,
}: {
  readonly doneBytes: number;
  readonly totalBytes: number;
}): string {
  if (totalBytes <= doneBytes) return formatBytes(doneBytes);
  return vscode.l10n.t("{0} of {1}", formatBytes(doneBytes), formatBytes(totalBytes));
}
