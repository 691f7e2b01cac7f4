import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { PodmanFiles } from "./podmanFiles.js";

/**
 * Writes Podman's settings into a folder of its own and returns the command that serves the Docker
 * API on a socket, with nothing of the machine's or the user's: storage, locks, registries,
 * passwords. Steps of a build have the machine's network, as Podman's own one needs a firewall.
 */
export async function podmanCommand(
  files: PodmanFiles,
  folder: string,
  socket: string,
  storageDriver: string,
): Promise<readonly string[]> {
  const settings = path.join(folder, ".config", "containers");
  await mkdir(settings, { recursive: true });
  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(path.join(settings, name), text);
    return path.join(settings, name);
  };
  await write("policy.json", '{ "default": [{ "type": "insecureAcceptAnything" }] }');
  const variables = {
    ...files.env,
    // Its settings and logins are looked for below the home folder, in files of fixed names.
    HOME: folder,
    XDG_RUNTIME_DIR: folder,
    REGISTRY_AUTH_FILE: path.join(settings, "auth.json"),
    CONTAINERS_CONF: await write("containers.conf", containersConf(files, folder)),
    CONTAINERS_STORAGE_CONF: await write("storage.conf", storageConf(folder, storageDriver)),
    CONTAINERS_REGISTRIES_CONF: await write("registries.conf", registriesConf),
  };
  return [
    "env",
    ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
    // What it starts ends with it, and so do its mounts: the keeper knows none of them by name.
    ...["sh", "-c", inNamespace, "podman", socket, String(process.getgid?.() ?? 0)],
    files.podman,
    ...["--cgroup-manager=cgroupfs", "--events-backend=file"],
    ...["system", "service", "--time=0", `unix://${socket}`],
  ];
}

/** Podman makes the socket for root alone. */
const inNamespace = `socket=$1 group=$2; shift 2
unshare --pid --fork --kill-child --mount-proc "$@" &
turns=0
until [ -S "$socket" ] || [ "$turns" -gt 600 ]; do sleep 0.1; turns=$((turns + 1)); done
chgrp "$group" "$socket" && chmod 660 "$socket"
wait`;

/** Format: https://github.com/containers/common/blob/v0.50.1/docs/containers.conf.5.md */
function containersConf({ conmon, runtime, seccompProfile }: PodmanFiles, folder: string): string {
  const [name, file] = runtime;
  return `[containers]
netns = "host"
seccomp_profile = "${seccompProfile}"
log_driver = "k8s-file"
[engine]
runtime = "${name}"
conmon_path = ["${conmon}"]
static_dir = "${folder}/libpod"
volume_path = "${folder}/volumes"
tmp_dir = "${folder}/tmp"
lock_type = "file"
[engine.runtimes]
${name} = ["${file}"]
[network]
network_config_dir = "${folder}/networks"
`;
}

/** Format: https://github.com/containers/storage/blob/v1.44.0/docs/containers-storage.conf.5.md */
function storageConf(folder: string, driver: string): string {
  return `[storage]
driver = "${driver}"
graphroot = "${folder}/data"
runroot = "${folder}/run"
`;
}

/** The tests' registries speak plain HTTP, and Docker takes those of 127.0.0.0/8 without being told. */
const registriesConf = `unqualified-search-registries = ["docker.io"]
[[registry]]
location = "127.0.0.1"
insecure = true
[[registry]]
location = "127.0.0.2"
insecure = true
`;
