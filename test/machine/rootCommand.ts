import { findProgram } from "./findProgram.js";
import { runCommand } from "./runCommand.js";

/**
 * What goes in front of a command that root has to run: nothing for root, `sudo -n` where sudo asks
 * no password. Returns undefined when there is no such way.
 */
export async function rootCommand(): Promise<readonly string[] | undefined> {
  if (process.platform !== "linux") return undefined;
  if (process.getuid?.() === 0) return [];
  if (findProgram("sudo") === undefined) return undefined;
  return runCommand("sudo", ["-n", "true"]).then(
    () => ["sudo", "-n"],
    () => undefined,
  );
}
