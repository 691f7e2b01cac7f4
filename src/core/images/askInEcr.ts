import { tryParseEcrHost } from "../ecrHost.js";
import type { LocalImage } from "../enginePorts.js";
import type { EcrPlace } from "./inEcr.js";
import type { ImageTarget, Registry } from "../ports.js";
import { makeReferenceFromUri, parseImageReference } from "../imageReference.js";
import type { RegistryLocation } from "../registry.js";

/** What asking ECR for a local image needs. */
export interface AskInEcrPorts {
  readonly open: (location: RegistryLocation) => Promise<Registry>;
  /** The registry that the window works with: its identity asks, and its host counts as ECR's. */
  readonly location: RegistryLocation;
  /** The hosts of that registry besides those of AWS. */
  readonly ownHosts: readonly string[];
}

/** What ECR says of a local image. */
export interface EcrAnswer {
  readonly places: readonly EcrPlace[];
  /** The repositories that were asked; none where no name of the image is one of ECR. */
  readonly asked: readonly string[];
  /** Repositories of other accounts than the identity's, which were not asked. */
  readonly foreign: readonly string[];
}

/**
 * Asks ECR whether it holds a local image, in the repositories that the image's names and digests
 * tell of; one question for each. A repository that is gone holds nothing.
 *
 * A tag there counts only for the same digest: another image may have it by now.
 */
export async function askInEcr(
  { open, location, ownHosts }: AskInEcrPorts,
  image: LocalImage,
  signal: AbortSignal,
): Promise<EcrAnswer> {
  const digests = new Set([image.id, ...image.digests.map((name) => name.split("@")[1] ?? "")]);
  const places: EcrPlace[] = [];
  const named = new Map<string, RegistryLocation>();
  const asked: string[] = [];
  const foreign: string[] = [];
  for (const name of [...image.digests, ...image.references]) {
    const uri = uriOf(name);
    const registry = uri === undefined ? undefined : registryOf(uri, location, ownHosts);
    if (uri !== undefined && registry) named.set(uri, registry);
  }
  for (const [uri, at] of named) {
    const registry = await open(at);
    const { host, repository } = makeReferenceFromUri(uri, {});
    const account = tryParseEcrHost(host)?.registryId;
    if (account !== undefined && account !== (await registry.identify(signal)).accountId) {
      foreign.push(uri);
      continue;
    }
    asked.push(uri);
    for (const target of targetsIn(uri, image)) {
      const found = await registry.findImage(repository, target, signal);
      if (!found || !digests.has(found.digest)) continue;
      places.push({ uri, tags: found.tags, isSeen: true });
      break;
    }
  }
  return { places, asked, foreign };
}

/** By digest where the engine remembers one, else by the tags that the image has here. */
function targetsIn(uri: string, { id, digests, references }: LocalImage): readonly ImageTarget[] {
  const pinned = digests.filter((name) => uriOf(name) === uri);
  if (pinned.length > 0) return pinned.map((name) => ({ digest: name.split("@")[1] ?? id }));
  return references
    .filter((name) => uriOf(name) === uri)
    .map((name) => ({ tag: name.slice(uri.length + 1) }));
}

/** Returns `host/name` of a name with a tag or digest; undefined for names without a host. */
function uriOf(name: string): string | undefined {
  try {
    const { host, repository } = parseImageReference(name);
    return `${host}/${repository}`;
  } catch {
    return undefined;
  }
}

function registryOf(
  uri: string,
  location: RegistryLocation,
  ownHosts: readonly string[],
): RegistryLocation | undefined {
  const host = uri.slice(0, uri.indexOf("/"));
  if (ownHosts.includes(host)) return location;
  const region = tryParseEcrHost(host)?.region;
  return region === undefined ? undefined : { ...location, region, endpoint: undefined };
}
