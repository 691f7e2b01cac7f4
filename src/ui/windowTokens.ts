import { tryParseEcrHost } from "../core/ecrHost.js";
import { type KeptTokens, makeFindToken } from "../core/login/findToken.js";
import type { OpenRegistries } from "../core/openRegistries.js";
import type { FindToken } from "../core/ports.js";
import type { RegistryChoice } from "./registryChoice.js";

/** What finding tokens with the window's own registry needs. */
export interface WindowTokenPorts {
  readonly choice: RegistryChoice;
  readonly registries: OpenRegistries;
  readonly tokens: KeptTokens;
}

/**
 * Makes the function that finds tokens for a build without a push: with the profile and region that
 * this window works with.
 *
 * Who has chosen none can build all the same, as long as no base image is in ECR.
 */
export function makeWindowTokens({ choice, registries, tokens }: WindowTokenPorts): FindToken {
  const open = registries.open.bind(registries);
  return async (host, signal, refused) => {
    const location = await choice.locate().catch((error: unknown) => {
      if (tryParseEcrHost(host)) throw error;
      return undefined;
    });
    return location && makeFindToken({ open, tokens }, location)(host, signal, refused);
  };
}
