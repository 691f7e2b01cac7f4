import { PUBLIC_HOST, tryParseEcrHost } from "../ecrHost.js";
import type { FindToken, Registry } from "../ports.js";
import type { RegistryLocation } from "../registry.js";
import type { RegistryToken } from "./registryToken.js";
import type { TokenKeeper } from "./tokenKeeper.js";

/** The part of the keeper that finding tokens asks. */
export type KeptTokens = Pick<TokenKeeper, "token" | "replace" | "held">;

/** What finding tokens needs. */
export interface TokenPorts {
  /** Opens a registry; makes no request. */
  readonly open: (location: RegistryLocation) => Promise<Registry>;
  readonly tokens: KeptTokens;
}

/**
 * Makes the function that finds a token for a host of ECR, with the identity of one location.
 *
 * That is the location's own registry, and the registry of any other account or region: tokens are
 * bound to a region, and what they open is up to IAM. Tokens come from the keeper, so each call
 * returns one that lives on. AWS is asked only for hosts that are ECR's, or the location's own.
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html
 */
export function makeFindToken({ open, tokens }: TokenPorts, location: RegistryLocation): FindToken {
  return async (host, signal, refused) => {
    for (const candidate of listCandidates(host, location, tokens)) {
      const registry = await open(candidate);
      const token = refused
        ? await tokens.replace(registry, refused, signal)
        : await tokens.token(registry, signal);
      const fitting = fitToken(token, host);
      if (fitting) return { token: fitting, profile: candidate.profile };
    }
    return undefined;
  };
}

/** Lists the locations whose token may be for a host, the likeliest first. */
function listCandidates(
  host: string,
  location: RegistryLocation,
  tokens: KeptTokens,
): readonly RegistryLocation[] {
  const region = tryParseEcrHost(host)?.region;
  if (region === undefined) return isOwnHost(host, location, tokens) ? [location] : [];
  const { profile } = location;
  const usual: RegistryLocation = { profile, region, endpoint: undefined };
  // A private link is the way to AWS from here; a local registry's tokens are of no use there.
  const isLink =
    region === location.region && location.endpoint !== undefined && location.service === undefined;
  return isLink ? [location, usual] : [usual];
}

/** Tells whether a host that is none of AWS is that of the location, as with a local registry. */
function isOwnHost(host: string, location: RegistryLocation, tokens: KeptTokens): boolean {
  if (location.service === "public" && location.endpoint === undefined) return host === PUBLIC_HOST;
  if (location.endpoint !== undefined && new URL(location.endpoint).host === host) return true;
  return tokens.held(location)?.host === host;
}

/** Returns the token under this host's name, or undefined when it is not for this host. */
function fitToken(token: RegistryToken, host: string): RegistryToken | undefined {
  if (token.host === host) return token;
  const wanted = tryParseEcrHost(host);
  const given = tryParseEcrHost(token.host);
  return wanted && given && wanted.region === given.region ? token.forHost(host) : undefined;
}
