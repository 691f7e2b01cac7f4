import * as vscode from "vscode";
import type { InputFailures } from "../../core/failures/inputFailures.js";
import { type Explanations, say } from "./explanation.js";
import { invalidInputMessage, remediesForInput } from "./inputFailures.js";

/** The sentences and remedies of failures with what people type, set or choose. */
export const inputExplanations: Explanations<keyof InputFailures> = {
  "invalid-input": (failure) =>
    say(invalidInputMessage(failure), ...remediesForInput(failure.field)),
  "workspace-untrusted": (failure) =>
    say(
      vscode.l10n.t(
        "{0} needs a trusted workspace. In this one ECR only browses, with your user settings.",
        failure.action,
      ),
      "manage-trust",
    ),
};
