import * as vscode from "vscode";
import type { Failure } from "../../core/errors.js";

/** A notification has room for so many lines of a step's output, and so many letters of each. */
const MAX_LINES = 3;
const MAX_LENGTH = 120;

/** Says where a build failed, as far as that is known, and why, with the last words of the step. */
export function buildFailedMessage(failure: Extract<Failure, { kind: "build-failed" }>): string {
  const { output = [] } = failure;
  const said = output
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .slice(-MAX_LINES)
    .map(cut);
  const sentence = buildFailedSentence(failure);
  if (said.length === 0) return sentence;
  return vscode.l10n.t("{0}. It said last: {1}", sentence, said.join(" · "));
}

function buildFailedSentence({
  line,
  step,
  message,
}: Extract<Failure, { kind: "build-failed" }>): string {
  if (line !== undefined && step !== undefined) {
    return vscode.l10n.t("The build failed at line {0} ({1}): {2}", line, cut(step), message);
  }
  return line === undefined
    ? vscode.l10n.t("The build failed: {0}", message)
    : vscode.l10n.t("The build failed at line {0}: {1}", line, message);
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH - 1)}…` : line;
}
