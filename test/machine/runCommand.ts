import { spawn } from "node:child_process";

/** How a command runs. */
export interface CommandOptions {
  /** The working folder; default: that of this process. */
  readonly cwd?: string;
  /** Variables on top of this process's own; `undefined` removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Shows the command's output as it comes; default: only kept. */
  readonly show?: boolean;
}

/**
 * Runs a command to its end and returns what it wrote to its standard output.
 * Rejects with the end of its whole output when it exits with anything but 0.
 */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
      // On Windows npm is a .cmd file, which only a shell can start.
      shell: process.platform === "win32",
    });
    let stdout = "";
    let all = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      all += text;
      if (options.show === true) process.stdout.write(text);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      all += text;
      if (options.show === true) process.stderr.write(text);
    });
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`${command} ended with ${signal ?? code ?? "?"}: ${all.slice(-4000)}`));
    });
  });
}
