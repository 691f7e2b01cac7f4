import * as vscode from "vscode";
import { type CommandId, commandIds } from "./commandIds.js";
import type { CommandPorts } from "./commandPorts.js";
import type { CommandHandlers } from "./commandTargets.js";
import { commandTitle } from "./commandTitle.js";
import { focusedRows } from "./explorer/focusedRows.js";
import { commandOfKey, isPressedKey } from "./explorer/rowKeys.js";
import { buildHandlers } from "./handlers/buildHandlers.js";
import { contextHandlers } from "./handlers/contextHandlers.js";
import { dockerfileHandlers } from "./handlers/dockerfileHandlers.js";
import { imageHandlers } from "./handlers/imageHandlers.js";
import { localImageHandlers } from "./handlers/localImageHandlers.js";
import { registryHandlers } from "./handlers/registryHandlers.js";
import { repositoriesHandlers } from "./handlers/repositoriesHandlers.js";
import { repositoryHandlers } from "./handlers/repositoryHandlers.js";
import { sessionHandlers } from "./handlers/sessionHandlers.js";
import { troubleHandlers } from "./handlers/troubleHandlers.js";
import { requireTrust } from "./requireTrust.js";
import { selectedRows } from "./selectedRows.js";

/** Runs a command on a row or file, and on all that is selected with it. */
export type RunCommand = (
  id: CommandId,
  target: unknown,
  selected: readonly unknown[],
) => Promise<void>;

/** Returns what runs every command behind the error boundary; a command's own code loads later. */
export function makeRunCommand(ports: CommandPorts): RunCommand {
  const handlers: CommandHandlers = {
    ...dockerfileHandlers(ports),
    ...localImageHandlers(ports),
    ...registryHandlers(ports),
    ...repositoryHandlers(ports),
    ...repositoriesHandlers(ports),
    ...imageHandlers(ports),
    ...buildHandlers(ports),
    ...contextHandlers(ports),
    ...sessionHandlers(ports),
    ...troubleHandlers(ports),
  };
  const run: RunCommand = async (id, target, selected) => {
    const rows = await selectedRows(target, ports);
    if (rows) {
      const [first] = rows;
      if (first !== undefined) await run(id, first, rows);
      return;
    }
    if (isPressedKey(target)) {
      await runKey(id);
      return;
    }
    const title = commandTitle(id);
    const work = async (): Promise<void> => {
      requireTrust(id, title);
      // The manifest's `when` clauses fit the types: VS Code passes what the menu was opened on.
      await handlers[id](target as never, title, ofSameKind(target, selected) as never);
    };
    await ports.boundary.run(title, work, { retry: () => run(id, target, selected) });
  };
  const runKey = async (id: CommandId): Promise<void> => {
    const rows = await focusedRows(ports.explorer.view);
    const command = commandOfKey(id, rows);
    if (command) await run(command, rows[0], rows);
    // Rows without details open and close, as Enter does everywhere.
    else if (id === commandIds.showImageDetails) {
      await vscode.commands.executeCommand("list.select");
    }
  };
  return run;
}

/** Rows of several kinds may be selected: a menu is about those that are what its own row is. */
function ofSameKind(target: unknown, selected: readonly unknown[]): readonly unknown[] {
  const kind = kindOf(target);
  return kind === undefined ? selected : selected.filter((row) => kindOf(row) === kind);
}

function kindOf(row: unknown): unknown {
  return typeof row === "object" && row !== null && "kind" in row ? row.kind : undefined;
}
