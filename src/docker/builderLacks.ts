import { type BuilderFeature, EcrError } from "../core/errors.js";
import type { BuildOptions } from "../core/ports.js";

/** The Dockerfile frontend inside Docker Engine 23 is the first that knows named contexts. */
const CONTEXTS_API = [1, 42] as const;

/** Fails with `builder-lacks` for options that the classic builder would leave out without a word. */
export function checkClassicOptions(options: BuildOptions, reason: string): void {
  const { secrets = {}, ssh = {} } = options;
  refuseAny("secrets", Object.keys(secrets), reason);
  refuseAny("ssh", Object.keys(ssh), reason);
  checkRequestOptions(options, `this is the classic builder: ${reason}`);
}

/** Fails with `builder-lacks` for options that `POST /build` has no parameter for. */
export function checkRequestOptions(options: BuildOptions, reason: string): void {
  const { contexts = {}, cacheTo = [] } = options;
  refuseAny("contexts", Object.keys(contexts), reason);
  refuseAny("cache-to", cacheTo, reason);
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

function refuseAny(feature: BuilderFeature, chosen: readonly unknown[], reason: string): void {
  if (chosen.length > 0) throw new EcrError({ kind: "builder-lacks", feature, reason });
}
