import * as vscode from "vscode";
import type { EngineFailures } from "../../core/failures/engineFailures.js";
import { type Explanations, say } from "./explanation.js";
import { imageInUseMessage } from "./imageInUseMessage.js";

/** The sentences and remedies of failures with a container engine. */
export const engineExplanations: Explanations<keyof EngineFailures> = {
  "docker-unavailable": (failure) =>
    say(
      vscode.l10n.t(
        "No Docker Engine answers at {0}. Start Docker and try again.",
        failure.endpoint,
      ),
      "start-docker",
      "retry",
    ),
  "docker-permission-denied": (failure) =>
    say(
      vscode.l10n.t(
        "This user may not open {0}. Add the user to the group that owns the socket (often docker), then sign in to the system anew.",
        failure.endpoint,
      ),
      "show-how",
      "retry",
    ),
  "docker-context-invalid": (failure) =>
    say(
      vscode.l10n.t("The Docker context {0} can't be used: {1}.", failure.name, failure.reason),
      "show-how",
      "retry",
    ),
  "docker-failed": (failure) =>
    say(
      vscode.l10n.t("The Docker Engine refused: {0} ({1}).", failure.message, failure.operation),
      "retry",
    ),
  "image-in-use": (failure) => say(imageInUseMessage(failure)),
  "engine-disk-full": (failure) =>
    say(
      vscode.l10n.t(
        "The Docker Engine's disk is full ({0}). Remove images or build cache that are no longer needed, then try again.",
        failure.operation,
      ),
      "show-how",
      "retry",
    ),
};
