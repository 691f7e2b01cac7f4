import http from "node:http";
import { openEngine } from "../machine/engineApi.js";

/** The variable that names the engines under test: sockets or addresses, separated by commas. */
const enginesVariable = "ECR_TEST_DOCKER_HOSTS";

/** An engine under test and what it can, as it says itself. */
export interface TestEngine {
  /** Its address, such as `unix:///run/docker.sock`. */
  readonly host: string;
  /** Product, version and, where it isn't the usual one, the store: for the names of tests. */
  readonly label: string;
  readonly kind: "docker" | "podman";
  /** Whether it keeps images in containerd: then an image's id is its manifest's digest. */
  readonly hasContainerdStore: boolean;
  /** Whether it builds with BuildKit over `/grpc`. */
  readonly hasBuildKit: boolean;
  /** Whether it passes on what a registry says when it refuses a push, or the status alone. */
  readonly quotesRegistry: boolean;
  /** Whether it tells of each layer that it pushes. */
  readonly tellsLayers: boolean;
  /** Whether it tries a layer again that broke off; the others are asked again by the pipeline. */
  readonly retriesLayers: boolean;
}

/**
 * Returns the addresses of the engines under test.
 *
 * @throws Error when none is named, as tests on no engine would pass without having run.
 */
export function testHosts(): readonly string[] {
  const hosts = (process.env[enginesVariable] ?? "")
    .split(",")
    .map((host) => host.trim())
    .filter((host) => host !== "");
  if (hosts.length === 0)
    throw new Error(`No Docker Engine to test on: ${enginesVariable} is empty`);
  return hosts;
}

/** Asks each engine that `ECR_TEST_DOCKER_HOSTS` names what it is; every engine test runs on each. */
export function testEngines(): Promise<readonly TestEngine[]> {
  return Promise.all(testHosts().map(describe));
}

/** The store's driver says so: https://docs.docker.com/engine/storage/containerd/ */
const containerdDriver = "io.containerd.snapshotter.v1";

async function describe(host: string): Promise<TestEngine> {
  const engine = openEngine(host);
  const answers = [readInfo(host), engine.version(), offersBuildKit(host)] as const;
  const [info, version, hasBuildKit] = await Promise.all(answers);
  const isPodman = version.Components.some(({ Name }) => Name.startsWith("Podman"));
  const hasContainerdStore = (info.DriverStatus ?? []).flat().includes(containerdDriver);
  const product = `${isPodman ? "Podman" : "Docker"} ${version.Version}`;
  return {
    host,
    label: hasContainerdStore ? `${product} with the containerd store` : product,
    kind: isPodman ? "podman" : "docker",
    hasContainerdStore,
    hasBuildKit,
    quotesRegistry: !hasContainerdStore,
    tellsLayers: !isPodman,
    retriesLayers: !isPodman && !hasContainerdStore,
  };
}

/** What is read of https://docs.docker.com/reference/api/engine/version/v1.41/#tag/System/operation/SystemInfo */
interface EngineInfo {
  readonly DriverStatus?: readonly (readonly string[])[] | null;
}

async function readInfo(host: string): Promise<EngineInfo> {
  return (await openEngine(host).info()) as EngineInfo;
}

/** Asks as BuildKit's clients do; without BuildKit an engine answers in HTTP/1.1. */
function offersBuildKit(host: string): Promise<boolean> {
  const url = new URL(host);
  const address =
    url.protocol === "unix:"
      ? { socketPath: url.pathname }
      : { host: url.hostname, port: url.port || 80 };
  const headers = { Connection: "Upgrade", Upgrade: "h2c" };
  const asked = { ...address, method: "POST", path: "/grpc", headers, agent: false } as const;
  return new Promise((resolve, reject) => {
    const request = http.request(asked);
    request.on("upgrade", (_response, connection) => {
      connection.destroy();
      resolve(true);
    });
    request.on("response", (response) => {
      response.resume();
      resolve(false);
    });
    request.on("error", reject).end();
  });
}
