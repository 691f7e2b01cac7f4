import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import path from "node:path";
import { runCommand } from "./runCommand.js";

/** What a keeper watches over. */
export interface Kept {
  /** The id of a process that was started `detached`, and so leads a group of its own. */
  readonly leader: number;
  /** A temporary folder named `ecr-…` that goes away with the group. */
  readonly folder: string;
  /** A command in front, as `["sudo", "-n"]` for a group that belongs to root; default: none. */
  readonly through?: readonly string[];
}

/**
 * Makes sure that a process group and its folder go away with this process, even when it is killed.
 * Returns the function that does it now and resolves when nothing is left.
 *
 * One script (keeper.sh) does the work in both cases, so the way that a crash takes is the way that
 * every run takes. Windows has no such script: there only the returned function cleans up.
 */
export function keep(kept: Kept): () => Promise<void> {
  if (process.platform === "win32") {
    return async () => {
      await runCommand("taskkill", ["/pid", String(kept.leader), "/T", "/F"]).catch(() => "");
      await rm(kept.folder, { recursive: true, force: true, maxRetries: 5 });
    };
  }
  const script = path.join(import.meta.dirname, "keeper.sh");
  const line = [...(kept.through ?? []), "sh", script, String(kept.leader), kept.folder];
  // Detached: Ctrl+C in a terminal reaches every process of the foreground group but this one.
  const keeper = spawn(line[0] ?? "sh", line.slice(1), {
    detached: true,
    stdio: ["pipe", "ignore", "inherit"],
  });
  keeper.unref();
  const ended = once(keeper, "exit");
  return async () => {
    keeper.ref();
    keeper.stdin.end();
    await ended;
  };
}
