import Docker from "dockerode";

/** Opens the REST interface of an engine at an address as in `DOCKER_HOST` (unix or tcp). */
export function openEngine(host: string): Docker {
  const url = new URL(host);
  if (url.protocol === "unix:") return new Docker({ socketPath: url.pathname });
  return new Docker({ protocol: "http", host: url.hostname, port: url.port });
}

/** Tells whether an engine answers at this address. */
export function pingEngine(host: string): Promise<boolean> {
  return openEngine(host)
    .ping()
    .then(
      () => true,
      () => false,
    );
}
