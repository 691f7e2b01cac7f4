import { type Attestations, hasAttestations } from "../core/build/attestations.js";
import { EcrError } from "../core/errors.js";
import type { BuilderFeature } from "../core/failures/buildFailures.js";
import type { BuildOptions, BuildRequest } from "../core/enginePorts.js";

/** The Dockerfile frontend inside Docker Engine 23 is the first that knows named contexts. */
const CONTEXTS_API = [1, 42] as const;

/** Tells whether a build asks for something that not every builder has. */
export function isDemanding({ platforms, options = {} }: BuildRequest): boolean {
  const { secrets = {}, ssh = {}, contexts = {}, cacheTo = [], attestations = {} } = options;
  const named = [secrets, ssh, contexts].some((chosen) => Object.keys(chosen).length > 0);
  return named || cacheTo.length > 0 || platforms.length > 1 || hasAttestations(attestations);
}

/**
 * Fails for what the classic builder would leave out without a word, with `builder-lacks` or
 * `platforms-unsupported`; `reason` says why it builds.
 */
export function checkClassicBuild({ platforms, options = {} }: BuildRequest, reason: string): void {
  const { secrets = {}, ssh = {} } = options;
  refuseSeveral(platforms, reason);
  refuseAny("secrets", Object.keys(secrets), reason);
  refuseAny("ssh", Object.keys(ssh), reason);
  refuseUnasked(options, `this is the classic builder: ${reason}`);
}

/** Fails as `checkClassicBuild` does, for what `POST /build` has no parameter for. */
export function checkRequestBuild({ platforms, options = {} }: BuildRequest, way: string): void {
  refuseSeveral(platforms, way);
  refuseUnasked(options, `BuildKit is behind ${way}`);
}

/** Tells whether only the containerd image store has what a build asks for. */
export function needsContainerd({ cacheTo = [], attestations = {} }: BuildOptions): boolean {
  return cacheTo.some(({ kind }) => kind === "registry") || hasAttestations(attestations);
}

/** Fails with `builder-lacks` for what the classic image store has no room for. */
export function checkClassicStore({ cacheTo = [], attestations = {} }: BuildOptions): void {
  const registries = cacheTo.filter(({ kind }) => kind === "registry");
  refuseAny("cache-to", registries, "a cache in a registry needs the containerd image store");
  refuseAttestations(attestations, "they need the containerd image store");
}

/**
 * Fails with `builder-lacks` where the engine's own Dockerfile frontend is too old.
 *
 * A Dockerfile may bring a newer frontend along with `# syntax=`.
 */
export function checkFrontend(
  { contexts = {} }: BuildOptions,
  hasOwnFrontend: boolean,
  apiVersion: string | undefined,
): void {
  if (apiVersion === undefined || hasOwnFrontend) return;
  const [major = 0, minor = 0] = apiVersion.split(".").map(Number);
  const [neededMajor, neededMinor] = CONTEXTS_API;
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return;
  const reason = "they need Docker Engine 23 or newer, or # syntax=docker/dockerfile:1";
  refuseAny("contexts", Object.keys(contexts), reason);
}

/** Only a solve over gRPC takes several platforms; others would build the first, without a word. */
function refuseSeveral(platforms: readonly string[], reason: string): void {
  if (platforms.length < 2) return;
  const imageStore = "containerd";
  throw new EcrError({ kind: "platforms-unsupported", platforms, reason, imageStore });
}

function refuseUnasked(
  { contexts = {}, cacheTo = [], attestations = {} }: BuildOptions,
  reason: string,
): void {
  refuseAttestations(attestations, reason);
  refuseAny("contexts", Object.keys(contexts), reason);
  refuseAny("cache-to", cacheTo, reason);
}

function refuseAttestations(attestations: Attestations, reason: string): void {
  refuseAny("attestations", hasAttestations(attestations) ? [attestations] : [], reason);
}

function refuseAny(feature: BuilderFeature, chosen: readonly unknown[], reason: string): void {
  if (chosen.length > 0) throw new EcrError({ kind: "builder-lacks", feature, reason });
}
