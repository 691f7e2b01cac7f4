import * as vscode from "vscode";

/**
 * Signs in with the AWS CLI in a terminal, and tells whether it did once the terminal has closed.
 *
 * The CLI runs without a shell, so that no character of a profile name is interpreted.
 */
export async function signInInTerminal(
  command: "aws login" | "aws sso login",
  profile: string | undefined,
): Promise<boolean> {
  const words = command.split(" ").slice(1);
  const shellArgs = [...words, ...(profile === undefined ? [] : ["--profile", profile])];
  const name = vscode.l10n.t("AWS sign-in");
  const terminal = vscode.window.createTerminal({ name, shellPath: "aws", shellArgs });
  return await new Promise<boolean>((resolve) => {
    const listener = vscode.window.onDidCloseTerminal((closed) => {
      if (closed !== terminal) return;
      listener.dispose();
      resolve(closed.exitStatus?.code === 0);
    });
    terminal.show();
  });
}
