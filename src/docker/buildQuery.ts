import type { BuildRequest } from "../core/enginePorts.js";

/**
 * Returns the query of `POST /build` that says how to build; where the files are is not in it.
 *
 * API: https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Image/operation/ImageBuild
 */
export function buildQuery({
  platforms: [platform],
  options = {},
}: BuildRequest): Readonly<Record<string, string | undefined>> {
  const { target, buildArgs, labels, network, hosts } = options;
  return {
    platform,
    target,
    buildargs: buildArgs && JSON.stringify(buildArgs),
    labels: labels && JSON.stringify(labels),
    nocache: options.noCache ? "1" : undefined,
    cachefrom: options.cacheFrom && JSON.stringify(options.cacheFrom),
    pull: options.pull ? "1" : undefined,
    networkmode: network,
    extrahosts:
      hosts &&
      Object.entries(hosts)
        .map(([name, address]) => `${name}:${address}`)
        .join(","),
  };
}
