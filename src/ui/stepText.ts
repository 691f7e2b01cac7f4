import * as vscode from "vscode";
import type { BuildStep } from "../core/build/buildSteps.js";
import { formatBytes } from "./quantities.js";

type NamedStep = Pick<BuildStep, "name" | "place">;

/** Names a step for people in full: its instruction, or what the builder does by itself. */
export function stepText({ name, place }: NamedStep): string {
  return (place?.text ?? name.replace(/^\[internal\] /, "")).replace(/\s+/g, " ");
}

/**
 * Names a step for a row or a line, where what tells it from others has to come early: without the
 * host of Docker Hub and of the registry that is pushed to, without the digest that a tag means, and
 * with other digests short.
 */
export function stepLabel(step: NamedStep): string {
  return stepText(step)
    .replace(/^(FROM |load metadata for )docker\.io\/(?:library\/)?/, "$1")
    .replace(/^(FROM \S+:[^\s/@]+)@sha256:[0-9a-f]{64}(?= |$)/, "$1")
    .replace(/^(FROM \S+@sha256:[0-9a-f]{4})[0-9a-f]+([0-9a-f]{2})(?= |$)/, "$1…$2")
    .replace(/^pushing [^/\s]+\//, "pushing ");
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
