import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { EngineFiles } from "./engineFiles.js";

/** Where a Docker Engine keeps images: its own store, or containerd's. */
export type ImageStore = "classic" | "containerd";

/**
 * Writes a Docker Engine's settings into a folder of its own and returns the command that starts it
 * with its containerd, without a network: no bridge, no firewall rule, no change to forwarding.
 */
export async function dockerdCommand(
  files: EngineFiles,
  store: ImageStore,
  folder: string,
  socket: string,
  storageDriver: string,
): Promise<readonly string[]> {
  const containerdSocket = path.join(folder, "containerd.sock");
  const containerdConfig = path.join(folder, "containerd.toml");
  await writeFile(containerdConfig, containerdSettings(folder, containerdSocket));
  // Instead of /etc/docker/daemon.json, which belongs to the machine's own engine.
  const daemonConfig = path.join(folder, "daemon.json");
  const features = store === "containerd" ? { "containerd-snapshotter": true } : {};
  await writeFile(daemonConfig, JSON.stringify({ features }));
  return [
    "env",
    ...Object.entries(files.env).map(([name, value]) => `${name}=${value}`),
    ...["sh", "-c", 'containerd --config "$1" & shift; exec "$@"', "engine", containerdConfig],
    files.dockerd,
    ...[`--host=unix://${socket}`, `--containerd=${containerdSocket}`],
    ...[`--data-root=${folder}/data`, `--exec-root=${folder}/run`],
    `--pidfile=${folder}/docker.pid`,
    `--config-file=${daemonConfig}`,
    `--storage-driver=${storageDriver}`,
    ...["--bridge=none", "--ip-forward=false", "--ip-masq=false"],
    ...["--iptables=false", "--ip6tables=false"],
    ...["--exec-opt=native.cgroupdriver=cgroupfs", `--cgroup-parent=/${path.basename(folder)}`],
    `--group=${process.getgid?.() ?? 0}`,
    "--shutdown-timeout=2",
  ];
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
