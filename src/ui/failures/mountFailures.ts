import * as vscode from "vscode";
import type { Failure } from "../../core/errors.js";

type MissingMount = Extract<Failure, { kind: "secret-missing" | "ssh-agent-missing" }>;

/** Says what a step mounts that the build was not given. */
export function missingMountMessage({ kind, dockerfile, id, line }: MissingMount): string {
  const { t } = vscode.l10n;
  if (kind === "secret-missing") {
    return line === undefined
      ? t("{0} can't be built without the secret {1}.", dockerfile, id)
      : t(
          "{0} mounts the secret {1} at line {2} and can't be built without it.",
          dockerfile,
          id,
          line,
        );
  }
  return line === undefined
    ? t("{0} can't be built without the SSH agent {1}.", dockerfile, id)
    : t(
        "{0} needs the SSH agent {1} at line {2}, and the build was lent none.",
        dockerfile,
        id,
        line,
      );
}

/** Says which SSH agent does not answer, and what starts one. */
export function agentMessage({
  path,
  reason,
}: Extract<Failure, { kind: "ssh-agent-unavailable" }>): string {
  const { t } = vscode.l10n;
  return path === undefined
    ? t(
        "No SSH agent is known: {0}. Start one with ssh-agent, add a key with ssh-add, and start VS Code anew from there.",
        reason,
      )
    : t(
        "The SSH agent at {0} does not answer: {1}. Start it, and add a key with ssh-add.",
        path,
        reason,
      );
}
