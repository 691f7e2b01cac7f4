import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";
import { findProgram } from "../../../machine/findProgram.js";

const run = promisify(execFile);

/** A real SSH agent with one key, gone when the test ends. */
export class SshAgentProcess {
  private constructor(
    readonly socket: string,
    /** The public half of its key. */
    readonly keyFile: string,
    private readonly process: ReturnType<typeof spawn>,
  ) {}

  static async start(comment: string): Promise<SshAgentProcess> {
    const folder = await mkdtemp(path.join(tmpdir(), "ssh-agent-"));
    const socket = path.join(folder, "agent.sock");
    const key = path.join(folder, "key");
    const child = spawn(findProgram("ssh-agent") ?? "", ["-D", "-a", socket], { stdio: "ignore" });
    onTestFinished(async () => {
      child.kill();
      await rm(folder, { recursive: true, force: true });
    });
    await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", key]);
    const agent = new SshAgentProcess(socket, `${key}.pub`, child);
    // The agent makes its socket in its own time.
    for (let tries = 0; ; tries++) {
      try {
        await agent.add(key);
        break;
      } catch (error) {
        if (tries === 50) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    // From here on only the agent has it.
    await rm(key);
    return agent;
  }

  /** Lists the keys as `ssh-add -l` does; empty without any. */
  async list(): Promise<string> {
    const env = { ...process.env, SSH_AUTH_SOCK: this.socket };
    return (await run("ssh-add", ["-l"], { env })).stdout;
  }

  stop(): void {
    this.process.kill();
  }

  private async add(key: string): Promise<void> {
    await run("ssh-add", ["-q", key], { env: { ...process.env, SSH_AUTH_SOCK: this.socket } });
  }
}

/** Copies the programs of OpenSSH, with the libraries that they load, into a build's context. */
export async function copySshPrograms(context: string): Promise<void> {
  const files = new Set<string>();
  for (const name of ["ssh-add", "ssh-keygen"]) {
    const program = findProgram(name) ?? "";
    files.add(program);
    const { stdout } = await run("ldd", [program]);
    for (const [file] of stdout.matchAll(/\/\S+/g)) files.add(file);
  }
  for (const file of files) {
    const target = path.join(context, "root", file);
    await mkdir(path.dirname(target), { recursive: true });
    await cp(file, target, { dereference: true });
  }
}
