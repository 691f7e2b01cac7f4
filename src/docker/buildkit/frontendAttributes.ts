import type { BuildRequest } from "../../core/enginePorts.js";
import { cacheImports } from "./cacheOptions.js";
import { contextAttributes } from "./namedContexts.js";

/**
 * Returns what the Dockerfile frontend is told.
 *
 * Attestations are on only for clients that ask for them: their index of manifests is not what AWS
 * Lambda takes.
 * Source: https://github.com/moby/buildkit/blob/master/frontend/dockerui/config.go
 */
export function frontendAttributes(
  { platforms, options = {} }: BuildRequest,
  dockerfile: string,
): Readonly<Record<string, string>> {
  const { target, buildArgs = {}, labels = {}, network, hosts = {} } = options;
  const { provenance, sbom = false } = options.attestations ?? {};
  const addHosts = Object.entries(hosts).map(([name, address]) => `${name}=${address}`);
  const cache = cacheImports(options);
  return {
    filename: dockerfile,
    ...(platforms.length > 0 ? { platform: platforms.join(",") } : {}),
    ...(target ? { target } : {}),
    ...(options.noCache ? { "no-cache": "" } : {}),
    ...(options.pull ? { "image-resolve-mode": "pull" } : {}),
    ...(network ? { "force-network-mode": network } : {}),
    ...(addHosts.length > 0 ? { "add-hosts": addHosts.join(",") } : {}),
    ...(cache !== undefined ? { "cache-imports": cache } : {}),
    ...(provenance ? { "attest:provenance": `mode=${provenance}` } : {}),
    // BuildKit has a scanner of its own choice.
    ...(sbom ? { "attest:sbom": "" } : {}),
    ...contextAttributes(options),
    ...prefixKeys("build-arg:", buildArgs),
    ...prefixKeys("label:", labels),
  };
}

/** Returns the rights that a build must ask for besides. */
export function entitlements({ options }: BuildRequest): readonly string[] {
  return options?.network === "host" ? ["network.host"] : [];
}

function prefixKeys(
  prefix: string,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [prefix + key, value]));
}
