import * as vscode from "vscode";
import { EcrError } from "../core/errors.js";

const PROGRAM = "aws";

/**
 * Signs in with the AWS CLI in a terminal, and tells whether it did once the terminal has closed.
 *
 * The CLI runs without a shell, so that no character of a profile name is interpreted. Terminals may
 * have another PATH than we do, so only the attempt tells whether the CLI is there; fails with
 * `sign-in-program-missing`.
 */
export async function signInInTerminal(
  command: "aws login" | "aws sso login",
  profile: string | undefined,
): Promise<boolean> {
  const words = command.split(" ").slice(1);
  const shellArgs = [...words, ...(profile === undefined ? [] : ["--profile", profile])];
  const name = vscode.l10n.t("AWS sign-in");
  const terminal = vscode.window.createTerminal({ name, shellPath: PROGRAM, shellArgs });
  const status = await new Promise<vscode.TerminalExitStatus | undefined>((resolve) => {
    const listener = vscode.window.onDidCloseTerminal((closed) => {
      if (closed !== terminal) return;
      listener.dispose();
      resolve(closed.exitStatus);
    });
    terminal.show();
  });
  // A program that ran has a code; without one, it was closed by somebody, or never began.
  if (status?.code === undefined && status?.reason === vscode.TerminalExitReason.Process) {
    throw new EcrError({ kind: "sign-in-program-missing", profile, program: PROGRAM });
  }
  return status?.code === 0;
}
