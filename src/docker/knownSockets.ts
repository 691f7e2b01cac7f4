import path from "node:path";

/** A socket where an engine of some product listens. */
export interface KnownSocket {
  readonly product: string;
  /** The address, `unix://…` or `npipe://…`. */
  readonly endpoint: string;
}

/** The address of an engine that nobody configured. */
export function defaultEndpoint(platform: NodeJS.Platform): string {
  return platform === "win32" ? "npipe:////./pipe/docker_engine" : "unix:///var/run/docker.sock";
}

/**
 * Lists the sockets that engines are known to use, to try when the default has no answer.
 *
 * Sources: https://docs.docker.com/desktop/setup/install/mac-permission-requirements/,
 * https://docs.orbstack.dev/docker/, https://docs.rancherdesktop.io/,
 * https://github.com/abiosoft/colima/blob/main/docs/FAQ.md, https://docs.docker.com/engine/security/rootless/,
 * https://docs.podman.io/en/latest/markdown/podman-system-service.1.html
 */
export function knownSockets(
  platform: NodeJS.Platform,
  homeFolder: string,
  environment: NodeJS.ProcessEnv,
): readonly KnownSocket[] {
  if (platform === "win32") {
    return [
      { product: "Docker Desktop", endpoint: "npipe:////./pipe/dockerDesktopLinuxEngine" },
      { product: "Podman", endpoint: "npipe:////./pipe/podman-machine-default" },
    ];
  }
  const home = (...parts: string[]): string => `unix://${path.posix.join(homeFolder, ...parts)}`;
  const runtime = environment["XDG_RUNTIME_DIR"];
  const perUser = (...parts: string[]): string[] =>
    runtime ? [`unix://${path.posix.join(runtime, ...parts)}`] : [];
  const products: [string, string[]][] = [
    [
      "Docker Desktop",
      [home(".docker", "run", "docker.sock"), home(".docker", "desktop", "docker.sock")],
    ],
    ["OrbStack", [home(".orbstack", "run", "docker.sock")]],
    ["Rancher Desktop", [home(".rd", "docker.sock")]],
    [
      "Colima",
      [
        home(".colima", "default", "docker.sock"),
        home(".colima", "docker.sock"),
        home(".config", "colima", "default", "docker.sock"),
      ],
    ],
    ["Lima", [home(".lima", "docker", "sock", "docker.sock")]],
    ["rootless Docker", perUser("docker.sock")],
    [
      "Podman",
      [
        ...perUser("podman", "podman.sock"),
        "unix:///run/podman/podman.sock",
        home(".local", "share", "containers", "podman", "machine", "podman.sock"),
      ],
    ],
  ];
  return products.flatMap(([product, endpoints]) =>
    endpoints.map((endpoint) => ({ product, endpoint })),
  );
}
