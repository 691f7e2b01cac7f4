import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** What one run of a program cost. */
export interface ProcessCost {
  readonly wallMs: number;
  /** Processor time of the program; undefined where the system does not tell. */
  readonly cpuMs: number | undefined;
  readonly output: string;
}

/** Runs a program to its end and measures it; nothing else may be started meanwhile. */
export async function measureProcess(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<ProcessCost> {
  const before = await readChildrenMs();
  const startedAt = performance.now();
  const { stdout } = await promisify(execFile)(program, args, { env, maxBuffer: 64 * 1024 * 1024 });
  const wallMs = performance.now() - startedAt;
  const after = await readChildrenMs();
  const cpuMs = before === undefined || after === undefined ? undefined : after - before;
  return { wallMs, cpuMs, output: stdout };
}

/** Linux counts in hundredths of a second: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const TICK_MS = 10;

/** Reads how much processor time the children of this process took that have ended. */
async function readChildrenMs(): Promise<number | undefined> {
  if (!existsSync("/proc/self/stat")) return undefined;
  const stat = await readFile("/proc/self/stat", "utf8");
  // The program's name, in parentheses, may hold blanks; cutime is the 14th field after it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) * TICK_MS;
}
