import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { unpackedPrograms } from "./engineFiles.js";
import { outFolder, projectFolder } from "./folders.js";
import { keep } from "./keeper.js";

/** How a program is run. */
export interface TerminalRun {
  /** What comes before each line that it writes; default: nothing. */
  readonly prefix?: string;
  /** Variables besides this process' own. */
  readonly env?: NodeJS.ProcessEnv;
  /** Stops it, and all that it started; the exit code is 130 then. */
  readonly signal: AbortSignal;
}

/**
 * Runs a program that writes to this terminal, in the project's folder, and returns its exit code.
 *
 * It gets nothing of the user's AWS and Docker settings, and leaves neither processes nor temporary
 * files behind.
 */
export async function runInTerminal(
  command: string,
  args: readonly string[],
  { prefix = "", env = {}, signal }: TerminalRun,
): Promise<number> {
  const nowhere = path.join(outFolder, "nowhere");
  // Temporary files of tests that were stopped midway go with it.
  const folder = await mkdtemp(path.join(os.tmpdir(), "ecr-stage-"));
  // Tests that give up root for a moment still reach their files.
  await chmod(folder, 0o755);
  const child = spawn(command, args, {
    cwd: projectFolder,
    // A group of its own, so that a stop reaches what npm and npx start in between.
    detached: true,
    stdio: ["ignore", prefix ? "pipe" : "inherit", prefix ? "pipe" : "inherit"],
    shell: process.platform === "win32",
    env: {
      ...process.env,
      // The user's own AWS and Docker settings take no part in tests.
      AWS_PROFILE: undefined,
      AWS_CONFIG_FILE: path.join(nowhere, "aws-config"),
      AWS_SHARED_CREDENTIALS_FILE: path.join(nowhere, "aws-credentials"),
      AWS_EC2_METADATA_DISABLED: "true",
      DOCKER_CONFIG: path.join(nowhere, "docker"),
      TMPDIR: folder,
      PATH: [process.env["PATH"], unpackedPrograms].join(path.delimiter),
      ...env,
    },
  });
  for (const output of [child.stdout, child.stderr]) {
    if (output) void tell(output, prefix);
  }
  const ended = new Promise<number>((resolve) => {
    child.once("error", (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once("close", (code) => {
      resolve(code ?? 1);
    });
  });
  if (child.pid === undefined) {
    await rm(folder, { recursive: true });
    return ended;
  }
  const end = keep({ leader: child.pid, folder });
  const isStopped = new Promise<number>((resolve) => {
    if (signal.aborted) resolve(130);
    signal.addEventListener("abort", () => {
      resolve(130);
    });
  });
  const code = await Promise.race([ended, isStopped]);
  await end();
  return code;
}

async function tell(output: Readable, prefix: string): Promise<void> {
  for await (const line of createInterface(output)) console.log(`${prefix}${line}`);
}
