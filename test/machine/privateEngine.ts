import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pingEngine } from "./engineApi.js";
import { usualEngine, type EngineKind } from "./engineKinds.js";
import { outFolder } from "./folders.js";
import { keep } from "./keeper.js";
import { rootCommand } from "./rootCommand.js";
import { runCommand } from "./runCommand.js";

/** An engine that nobody else uses. */
export interface PrivateEngine {
  /** Its address, as in `DOCKER_HOST`. */
  readonly host: string;
  /** Ends it as a crash does: SIGKILL, to all of its processes. */
  crash(): Promise<void>;
  /** Starts it again after a crash, with the data and the address that it had. */
  restart(): Promise<void>;
  /** Makes a disk that was given a size larger or smaller. */
  setDiskBytes(bytes: number): Promise<void>;
  /** Stops it and removes its containers, images, mounts and files. */
  stop(): Promise<void>;
}

/** How a private engine differs from the usual. */
export interface EngineOptions {
  /** The size of the disk for its images and its build cache, in memory; default: that of /tmp. */
  readonly diskBytes?: number;
  /** The name of its log in `out/`, for one beside another of its kind; default: the kind's. */
  readonly logName?: string;
}

/** Why no private engine can run here, in words for the terminal. */
export class NoPrivateEngine extends Error {}

/**
 * Starts an engine with its own socket, data and control group, beside any other engine on the
 * machine and without a network of its own. Needs Linux and root. When this process ends, however it
 * ends, nothing stays. Its log is `out/<name>.log`. Throws `NoPrivateEngine` with the reason and the
 * fix. The usual kind is what the machine has, else what its Debian release has.
 */
export async function startPrivateEngine(
  kind: EngineKind = usualEngine,
  options: EngineOptions = {},
): Promise<PrivateEngine> {
  if (process.platform !== "linux") {
    throw new NoPrivateEngine("A private engine runs on Linux only.");
  }
  const asRoot = await rootCommand();
  if (asRoot === undefined) {
    throw new NoPrivateEngine(
      "A private engine needs root: run as root, or allow sudo without a password.",
    );
  }
  const [first = "", ...others] = kind.storageDrivers;
  let started = start(kind, asRoot, first, options);
  for (const other of others) started = started.catch(() => start(kind, asRoot, other, options));
  return started;
}

async function start(
  kind: EngineKind,
  asRoot: readonly string[],
  storageDriver: string,
  { diskBytes, logName = kind.name }: EngineOptions,
): Promise<PrivateEngine> {
  // Short, since the path of a socket has at most 107 bytes; not os.tmpdir(), for the same reason.
  const folder = await mkdtemp("/tmp/ecr-engine-");
  await chmod(folder, 0o755);
  const socket = path.join(folder, "docker.sock");
  const command = await kind.command(folder, socket, storageDriver);
  if (command === undefined) {
    await rm(folder, { recursive: true });
    throw new NoPrivateEngine(`The programs of the ${kind.part} aren't here.`);
  }
  const runAsRoot = (...args: string[]): Promise<string> => {
    const whole = [...asRoot, ...args];
    return runCommand(whole[0] ?? "env", whole.slice(1));
  };
  const disks =
    diskBytes === undefined ? [] : ["data", "containerd"].map((name) => path.join(folder, name));
  for (const disk of disks) {
    await mkdir(disk);
    await runAsRoot("mount", "-t", "tmpfs", "-o", `size=${diskBytes ?? 0}`, "tmpfs", disk);
  }
  await mkdir(outFolder, { recursive: true });
  const logFile = path.join(outFolder, `${logName}.log`);
  await writeFile(logFile, "");
  const line = [...asRoot, ...command];
  let child = await launch(line, logFile);
  const stop = keep({ leader: child.pid ?? 0, folder, through: asRoot });
  const host = `unix://${socket}`;
  const waitForAnswer = async (): Promise<void> => {
    const endAt = Date.now() + 90_000;
    while (!(await pingEngine(host))) {
      const isRunning = child.exitCode === null && child.signalCode === null;
      if (!isRunning || Date.now() > endAt) throw new Error("the engine doesn't answer");
      await delay(100);
    }
  };
  try {
    await waitForAnswer();
  } catch {
    await stop();
    throw new NoPrivateEngine(explain(kind.part, logName, await readFile(logFile, "utf8")));
  }
  return {
    host,
    crash: async () => {
      const ended = once(child, "exit");
      await runAsRoot("kill", "-KILL", "--", `-${child.pid ?? 0}`);
      await ended;
    },
    restart: async () => {
      child = await launch(line, logFile);
      await waitForAnswer();
    },
    setDiskBytes: async (bytes) => {
      for (const disk of disks) await runAsRoot("mount", "-o", `remount,size=${bytes}`, disk);
    },
    stop,
  };
}

/** Starts a process group that writes to a log. */
async function launch(line: readonly string[], logFile: string): Promise<ChildProcess> {
  const log = openSync(logFile, "a");
  const child = spawn(line[0] ?? "env", line.slice(1), {
    detached: true,
    stdio: ["ignore", log, log],
  });
  await once(child, "spawn");
  closeSync(log);
  return child;
}

/** The usual reasons why an engine gives up, by what it writes to its log. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [
    /devices cgroup isn't mounted|cgroup.*(not mounted|read-only)/i,
    "can't start: control groups aren't mounted. In a container, run it with --privileged.",
  ],
  [
    /operation not permitted|permission denied/i,
    "can't start: this root may not mount. In a container, run it with --privileged.",
  ],
  [/no space left/i, "can't start: /tmp is full."],
];

function explain(part: string, name: string, log: string): string {
  const known = reasons.find(([pattern]) => pattern.test(log))?.[1] ?? "can't start.";
  const end = log.trim().split("\n").slice(-5).join("\n");
  return `The ${part} ${known} The end of out/${name}.log:\n${end}`;
}
