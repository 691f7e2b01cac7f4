import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pingEngine } from "./engineApi.js";
import { usualEngine, type EngineKind } from "./engineKinds.js";
import { outFolder } from "./folders.js";
import { keep } from "./keeper.js";
import { rootCommand } from "./rootCommand.js";

/** An engine that nobody else uses. */
export interface PrivateEngine {
  /** Its address, as in `DOCKER_HOST`. */
  readonly host: string;
  /** Stops it and removes its containers, images, mounts and files. */
  stop(): Promise<void>;
}

/** Why no private engine can run here, in words for the terminal. */
export class NoPrivateEngine extends Error {}

/**
 * Starts an engine with its own socket, data and control group, beside any other engine on the
 * machine and without a network of its own. Needs Linux and root. When this process ends, however it
 * ends, nothing stays. Its log is `out/<name>.log`. Throws `NoPrivateEngine` with the reason and the
 * fix. The usual kind is what the machine has, else what its Debian release has.
 */
export async function startPrivateEngine(kind: EngineKind = usualEngine): Promise<PrivateEngine> {
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
  let started = start(kind, asRoot, first);
  for (const other of others) started = started.catch(() => start(kind, asRoot, other));
  return started;
}

async function start(
  kind: EngineKind,
  asRoot: readonly string[],
  storageDriver: string,
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
  await mkdir(outFolder, { recursive: true });
  const logFile = path.join(outFolder, `${kind.name}.log`);
  const log = openSync(logFile, "w");
  const line = [...asRoot, ...command];
  const child = spawn(line[0] ?? "env", line.slice(1), {
    detached: true,
    stdio: ["ignore", log, log],
  });
  await once(child, "spawn");
  closeSync(log);
  const stop = keep({ leader: child.pid ?? 0, folder, through: asRoot });
  const host = `unix://${socket}`;
  try {
    await waitForAnswer(host, () => child.exitCode === null && child.signalCode === null);
  } catch {
    await stop();
    throw new NoPrivateEngine(explain(kind, await readFile(logFile, "utf8")));
  }
  return { host, stop };
}

async function waitForAnswer(host: string, isRunning: () => boolean): Promise<void> {
  const endAt = Date.now() + 90_000;
  while (!(await pingEngine(host))) {
    if (!isRunning() || Date.now() > endAt) throw new Error("the engine doesn't answer");
    await delay(100);
  }
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

function explain({ name, part }: EngineKind, log: string): string {
  const known = reasons.find(([pattern]) => pattern.test(log))?.[1] ?? "can't start.";
  const end = log.trim().split("\n").slice(-5).join("\n");
  return `The ${part} ${known} The end of out/${name}.log:\n${end}`;
}
