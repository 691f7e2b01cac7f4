import * as vscode from "vscode";
import type { TerminalFailures } from "../../core/failures/terminalFailures.js";
import { type Explanations, say } from "./explanation.js";

/** The sentences and remedies of failures with the terminal's own logins. */
export const terminalExplanations: Explanations<keyof TerminalFailures> = {
  "docker-config-invalid": (failure) =>
    say(
      vscode.l10n.t(
        "The Docker config {0} can't be used: {1}. It was left as it is.",
        failure.path,
        failure.reason,
      ),
      "open-file",
      "retry",
    ),
  "docker-login-failed": (failure) =>
    say(
      vscode.l10n.t(
        "The terminal's login for {0} was not changed: {1}.",
        failure.host,
        failure.reason,
      ),
      "retry",
    ),
};
