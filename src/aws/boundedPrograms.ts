import { type ChildProcess, spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { externalDataInterceptor } from "@smithy/core/config";

/** Long enough for a program that has somebody sign in with a browser or find a device. */
const TIMEOUT_MS = 120_000;

/** What a program wrote. */
interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Makes the SDK end a `credential_process` that does not end by itself; it would wait for ever.
 *
 * What the program wrote to stderr is in the error, and nothing of stdout, where keys would be.
 * Source: https://github.com/aws/aws-sdk-js-v3/blob/main/packages-internal/credential-provider-process/src/resolveProcessCredentials.ts
 */
export function boundPrograms(timeoutMs = TIMEOUT_MS): void {
  // The SDK takes what it starts programs with from here, and has no other way to limit them.
  externalDataInterceptor.getTokenRecord()["exec"] = (
    command: string,
    done: (error: Error | null, output?: Output) => void,
  ) => {
    run(command, timeoutMs).then(
      (output) => {
        done(null, output);
      },
      (error: unknown) => {
        done(error instanceof Error ? error : new Error(String(error)));
      },
    );
  };
}

async function run(command: string, timeoutMs: number): Promise<Output> {
  const isWindows = process.platform === "win32";
  const child = spawn(command, {
    shell: true,
    // A group of its own, so that what the shell has started ends with it.
    detached: !isWindows,
    windowsHide: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const timeout = AbortSignal.timeout(timeoutMs);
  const end = (): void => {
    endTree(child, isWindows);
  };
  timeout.addEventListener("abort", end, { once: true });
  try {
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    const [stdout, stderr, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      ended,
    ]);
    if (timeout.aborted) throw late(timeoutMs, stderr);
    // Node's own words for it.
    if (code !== 0) throw new Error(`Command failed: ${command}\n${stderr}`);
    return { stdout, stderr };
  } finally {
    timeout.removeEventListener("abort", end);
  }
}

function endTree(child: ChildProcess, isWindows: boolean): void {
  if (child.pid === undefined) return;
  if (isWindows) spawn("taskkill", ["/pid", String(child.pid), "/T", "/F"], { windowsHide: true });
  else process.kill(-child.pid, "SIGKILL");
}

function late(timeoutMs: number, stderr: string): Error {
  const seconds = String(timeoutMs / 1000);
  const words = stderr.trim() || "nothing";
  return new Error(`credential_process did not end within ${seconds} s. Its stderr: ${words}`);
}
