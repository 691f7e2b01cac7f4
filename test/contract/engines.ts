import Docker from "dockerode";

/** The variable that names the engines under test: sockets or addresses, separated by commas. */
const enginesVariable = "ECR_TEST_DOCKER_HOSTS";

/**
 * Returns the engines that every engine test runs on, such as `unix:///run/docker.sock`.
 *
 * @throws Error when none is named, as tests on no engine would pass without having run.
 */
export function testEngines(): readonly string[] {
  const hosts = (process.env[enginesVariable] ?? "")
    .split(",")
    .map((host) => host.trim())
    .filter((host) => host !== "");
  if (hosts.length === 0)
    throw new Error(`No Docker Engine to test on: ${enginesVariable} is empty`);
  return hosts;
}

/** Returns a client for an engine that `testEngines` names. */
export function connectEngine(host: string): Docker {
  const url = new URL(host);
  if (url.protocol === "unix:") return new Docker({ socketPath: url.pathname });
  return new Docker({ protocol: "http", host: url.hostname, port: Number(url.port) });
}
