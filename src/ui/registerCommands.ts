import * as vscode from "vscode";
import { commandIds } from "./commandIds.js";
import type { CommandPorts } from "./commandPorts.js";
import type { RunCommand } from "./runCommand.js";

/** Registers every command; all their code loads when the first of them runs. */
export function registerCommands(ports: CommandPorts): vscode.Disposable[] {
  let loaded: Promise<RunCommand> | undefined;
  const load = async (): Promise<RunCommand> => {
    const { makeRunCommand } = await import("./runCommand.js");
    return makeRunCommand(ports);
  };
  return Object.values(commandIds).map((id) =>
    vscode.commands.registerCommand(id, (target: unknown, selected: unknown) =>
      ports.boundary.run(id, async () => {
        const run = await (loaded ??= load());
        // VS Code passes the selection where several rows can be selected, else other things.
        await run(id, target, Array.isArray(selected) ? selected : []);
      }),
    ),
  );
}
