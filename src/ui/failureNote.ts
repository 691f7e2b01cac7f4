import * as vscode from "vscode";
import type { Failure } from "../core/errors.js";
import { baseImageMessage } from "./failures/baseImageMessage.js";
import { explain } from "./failures/explain.js";

/** Lines of a step's output that stand below its failure. */
const MAX_OUTPUT_LINES = 5;

/** What a failure says at a line of a Dockerfile. */
export interface FailureNote {
  readonly dockerfile: string;
  /** Counts from 1. */
  readonly line: number;
  /** The last line of the instruction; undefined where nobody told it. */
  readonly endLine: number | undefined;
  readonly text: string;
}

/** Returns what to say at the line that a failure is about; undefined where it has none. */
export function failureNote(failure: Failure): FailureNote | undefined {
  if (!("dockerfile" in failure) || failure.line === undefined) return undefined;
  const { dockerfile, line } = failure;
  const endLine = "endLine" in failure ? failure.endLine : undefined;
  return { dockerfile, line, endLine, text: noteText(failure) };
}

/** What stands at its line need not name the line. */
function noteText(failure: Failure): string {
  if (failure.kind === "build-failed") {
    return [failure.message, ...(failure.output ?? []).slice(-MAX_OUTPUT_LINES)].join("\n");
  }
  if (failure.kind === "secret-missing") {
    return vscode.l10n.t("The build was not given the secret {0}.", failure.id);
  }
  if (failure.kind === "ssh-agent-missing") {
    return vscode.l10n.t("The build was not lent the SSH agent {0}.", failure.id);
  }
  if (
    failure.kind === "base-image-unauthorized" ||
    failure.kind === "base-image-denied" ||
    failure.kind === "base-image-not-found"
  ) {
    return baseImageMessage({ ...failure, line: undefined });
  }
  return explain(failure).message;
}
