/** What stands for a value that is not shown. */
const HIDDEN = "…";

/**
 * Makes a Dockerfile's instruction of what a history says, as far as it can be told.
 *
 * The classic builder writes the shell's command, with `#(nop)` before instructions that run
 * nothing; BuildKit writes the instruction, with a mark at the end. Values of build arguments,
 * which either puts before a command, are left out.
 * Source: https://github.com/moby/moby/blob/master/daemon/builder/dockerfile/internals.go
 */
export function instructionOf(createdBy: string): string {
  const text = createdBy.replace(/\s*# buildkit\s*$/, "").trim();
  const nop = /^\/bin\/sh -c #\(nop\)\s+(.*)$/s.exec(text);
  if (nop) return nop[1] ?? "";
  const [, instruction = "", command] = /^(RUN\s+)?(.*)$/s.exec(text) ?? [];
  const bare = withoutArguments(command ?? "");
  const shell = /^\/bin\/sh -c (.*)$/s.exec(bare);
  if (shell) return `RUN ${shell[1] ?? ""}`;
  return `${instruction}${bare}`;
}

/**
 * Hides the values of variables and build arguments in an instruction, as they may hold secrets.
 *
 * What stands after the first value is hidden as well: quotes decide where a value ends, and they
 * may be lost in a history.
 */
export function hideValues(instruction: string): string {
  const [, head, name] = /^((?:ENV|ARG)\s+)([^\s=]+)[\s=]/is.exec(instruction) ?? [];
  if (head === undefined || name === undefined) return instruction;
  return `${head}${name}=${HIDDEN}`;
}

/** Takes the build arguments away that stand before a command as `|2 A=1 B=2 `. */
function withoutArguments(command: string): string {
  const [, count] = /^\|(\d+)\s/.exec(command) ?? [];
  if (count === undefined) return command;
  // Values may hold spaces, and the shell's own words too: rather a part of the command is hidden.
  const shell = command.lastIndexOf("/bin/sh -c ");
  return shell === -1 ? HIDDEN : command.slice(shell);
}
