import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pingEngine } from "./engineApi.js";
import { findEngineFiles } from "./engineFiles.js";
import { outFolder } from "./folders.js";
import { keep } from "./keeper.js";
import { rootCommand } from "./rootCommand.js";

/** A Docker Engine that nobody else uses. */
export interface PrivateEngine {
  /** Its address, as in `DOCKER_HOST`. */
  readonly host: string;
  /** Stops it and removes its containers, images, mounts and files. */
  stop(): Promise<void>;
}

/** Why no private engine can run here, in words for the terminal. */
export class NoPrivateEngine extends Error {}

/**
 * Starts a Docker Engine with its own socket, data, containerd and control group, beside any other
 * engine on the machine and without a network of its own: no bridge, no firewall rule, no change to
 * forwarding. Needs Linux and root. When this process ends, however it ends, nothing stays.
 * Its log is `out/engine.log`. Throws `NoPrivateEngine` with the reason and the fix.
 */
export async function startPrivateEngine(): Promise<PrivateEngine> {
  if (process.platform !== "linux") {
    throw new NoPrivateEngine("A private Docker Engine runs on Linux only.");
  }
  const asRoot = await rootCommand();
  if (asRoot === undefined) {
    throw new NoPrivateEngine(
      "A private Docker Engine needs root: run as root, or allow sudo without a password.",
    );
  }
  if (findEngineFiles() === undefined) {
    throw new NoPrivateEngine("No dockerd is installed: run `apt-get install docker.io`.");
  }
  // overlay2 does not work on top of another overlay, as inside a container; vfs does, slowly.
  return start(asRoot, "overlay2").catch(() => start(asRoot, "vfs"));
}

async function start(asRoot: readonly string[], storageDriver: string): Promise<PrivateEngine> {
  const files = findEngineFiles();
  if (files === undefined) throw new NoPrivateEngine("The dockerd program is gone.");
  // Short, since the path of a socket has at most 107 bytes; not os.tmpdir(), for the same reason.
  const folder = await mkdtemp("/tmp/ecr-engine-");
  await chmod(folder, 0o755);
  const socket = path.join(folder, "docker.sock");
  const containerdSocket = path.join(folder, "containerd.sock");
  const containerdConfig = path.join(folder, "containerd.toml");
  await writeFile(containerdConfig, containerdSettings(folder, containerdSocket));
  const daemonConfig = path.join(folder, "daemon.json");
  await writeFile(daemonConfig, "{}");

  await mkdir(outFolder, { recursive: true });
  const logFile = path.join(outFolder, "engine.log");
  const log = openSync(logFile, "w");
  const line = [
    ...asRoot,
    "env",
    ...Object.entries(files.env).map(([name, value]) => `${name}=${value}`),
    ...["sh", "-c", 'containerd --config "$1" & shift; exec "$@"', "engine", containerdConfig],
    files.dockerd,
    ...[`--host=unix://${socket}`, `--containerd=${containerdSocket}`],
    ...[
      `--data-root=${folder}/data`,
      `--exec-root=${folder}/run`,
      `--pidfile=${folder}/docker.pid`,
    ],
    // Instead of /etc/docker/daemon.json, which belongs to the machine's own engine.
    `--config-file=${daemonConfig}`,
    `--storage-driver=${storageDriver}`,
    ...["--bridge=none", "--iptables=false", "--ip-forward=false", "--ip-masq=false"],
    ...["--exec-opt=native.cgroupdriver=cgroupfs", `--cgroup-parent=/${path.basename(folder)}`],
    `--group=${process.getgid?.() ?? 0}`,
    "--shutdown-timeout=2",
  ];
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
    throw new NoPrivateEngine(explain(await readFile(logFile, "utf8")));
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

/** containerd with nothing of Kubernetes, nothing under /opt and no address but the socket. */
function containerdSettings(folder: string, socket: string): string {
  return `version = 2
root = "${folder}/containerd"
state = "${folder}/containerd-run"
disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt"]
[grpc]
  address = "${socket}"
[ttrpc]
  address = "${socket}.ttrpc"
`;
}

/** The usual reasons why dockerd gives up, by what it writes to its log. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [
    /devices cgroup isn't mounted|cgroup.*(not mounted|read-only)/i,
    "The Docker Engine can't start: control groups aren't mounted. In a container, run it with --privileged.",
  ],
  [
    /operation not permitted|permission denied/i,
    "The Docker Engine can't start: this root may not mount. In a container, run it with --privileged.",
  ],
  [/no space left/i, "The Docker Engine can't start: /tmp is full."],
];

function explain(log: string): string {
  const known = reasons.find(([pattern]) => pattern.test(log))?.[1];
  const end = log.trim().split("\n").slice(-5).join("\n");
  return `${known ?? "The Docker Engine can't start."} The end of out/engine.log:\n${end}`;
}
