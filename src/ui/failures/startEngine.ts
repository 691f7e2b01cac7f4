/**
 * How an engine is started: a program that runs as it is, a command line for the user to confirm as
 * it wants a password, or a page for what can't be started from here.
 */
export type EngineStart =
  | { readonly kind: "program"; readonly program: string; readonly words: readonly string[] }
  | { readonly kind: "command"; readonly line: string }
  | { readonly kind: "page"; readonly address: string };

/**
 * Finds how to start the engine that does not answer at an endpoint.
 *
 * An engine of another machine, and one that a WSL distribution borrows from Windows, can't be
 * started from here.
 */
export function findEngineStart(
  endpoint: string,
  platform: NodeJS.Platform,
  remoteName: string | undefined,
): EngineStart {
  if (!/^(?:unix|npipe):/.test(endpoint) && /^\w+:\/\//.test(endpoint)) return INSTALL_GUIDE;
  const isLinux = platform !== "darwin" && platform !== "win32";
  if (endpoint.includes("colima")) return run("colima", "start");
  if (endpoint.includes("podman")) {
    return isLinux
      ? run("systemctl", "--user", "start", "podman.socket")
      : run("podman", "machine", "start");
  }
  if (platform === "win32") return run("docker", "desktop", "start");
  if (platform === "darwin") {
    if (endpoint.includes("orbstack")) return run("open", "-a", "OrbStack");
    return endpoint.includes("/.rd/")
      ? run("open", "-a", "Rancher Desktop")
      : run("open", "-a", "Docker");
  }
  if (endpoint.includes("/.docker/desktop/")) {
    return run("systemctl", "--user", "start", "docker-desktop");
  }
  if (remoteName === "wsl") return page("https://docs.docker.com/desktop/features/wsl/");
  if (/\/run\/user\/\d+\/docker\.sock$/.test(endpoint)) {
    return run("systemctl", "--user", "start", "docker");
  }
  return endpoint.endsWith("/var/run/docker.sock") || endpoint.endsWith("/run/docker.sock")
    ? { kind: "command", line: "sudo systemctl start docker" }
    : INSTALL_GUIDE;
}

function run(program: string, ...words: readonly string[]): EngineStart {
  return { kind: "program", program, words };
}

function page(address: string): EngineStart {
  return { kind: "page", address };
}

const INSTALL_GUIDE = page("https://docs.docker.com/engine/daemon/start/");
