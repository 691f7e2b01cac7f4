import * as vscode from "vscode";
import { readSettings } from "./settings.js";

/** A command of a terminal that has failed. */
export interface FailedCommand {
  readonly terminal: vscode.Terminal;
  readonly shellIntegration: vscode.TerminalShellIntegration;
  readonly execution: vscode.TerminalShellExecution;
  readonly commandLine: string;
  /** The last of what it wrote. */
  readonly output: string;
}

/** Refusals stand at the end of what a command writes. */
const MAX_OUTPUT = 64_000;

/**
 * Tells of commands in terminals that talk to registries and fail; all else is not read.
 *
 * Nothing is read without trust in the workspace, nor where `ecr.terminalHelp` is off. Command lines
 * that the shell's own script has not vouched for may be made up by what runs there.
 */
export function watchTerminals(
  onFailure: (command: FailedCommand) => Promise<unknown>,
): vscode.Disposable {
  const outputs = new WeakMap<vscode.TerminalShellExecution, Promise<string>>();
  return vscode.Disposable.from(
    vscode.window.onDidStartTerminalShellExecution(({ execution }) => {
      const { value, isTrusted } = execution.commandLine;
      if (!isTrusted || !/\b(?:docker|podman)\b/.test(value)) return;
      if (!vscode.workspace.isTrusted || !readSettings().terminalHelp) return;
      // Only what is written after this call is ever seen.
      outputs.set(execution, readTail(execution.read()));
    }),
    vscode.window.onDidEndTerminalShellExecution(async (event) => {
      const { terminal, shellIntegration, execution, exitCode } = event;
      const output = outputs.get(execution);
      if (!output || exitCode === 0) return;
      const { value: commandLine } = execution.commandLine;
      const command = { terminal, shellIntegration, execution, commandLine };
      await onFailure({ ...command, output: await output });
    }),
  );
}

async function readTail(stream: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const data of stream) text = (text + data).slice(-MAX_OUTPUT);
  return text;
}
