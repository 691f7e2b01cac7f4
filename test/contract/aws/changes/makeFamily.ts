import { RegistryClient } from "../../localEcr/registryClient.js";
import { collect, type LocalRegistry } from "../localRegistry.js";

/** The images of a repository that `makeFamily` makes, by digest. */
export interface Family {
  /** An index with the tag `multi`. */
  readonly index: string;
  /** What the index holds: amd64 and arm64, without tags. */
  readonly platforms: readonly string[];
  /** An image with the tag `single`. */
  readonly single: string;
}

/** Creates a repository with an index of two platforms, and an image beside it. */
export async function makeFamily(here: LocalRegistry, repository: string): Promise<Family> {
  const { registry, signal } = here;
  await registry.createRepository({ name: repository, tagMutability: "mutable" }, signal);
  const client = await openClient(here);
  const amd64 = await client.pushImage(repository, undefined, { layer: "amd64" });
  const arm64 = await client.pushImage(repository, undefined, { layer: "arm64" });
  const single = await client.pushImage(repository, "single", { layer: "single" });
  const index = await client.pushIndex(repository, "multi", [amd64, arm64]);
  return { index, platforms: [amd64.digest, arm64.digest], single: single.digest };
}

/** Returns a client of the registry protocol with a token of its own. */
export async function openClient({
  registry,
  local,
  signal,
}: LocalRegistry): Promise<RegistryClient> {
  const token = await registry.fetchToken(signal);
  return new RegistryClient(local.origin, token.revealPassword());
}

/** Lists the digests of a repository's images, sorted. */
export async function digestsOf(
  { registry, signal }: LocalRegistry,
  repository: string,
): Promise<string[]> {
  const images = (await collect(registry.listImages(repository, signal))).flat();
  return images.map(({ digest }) => digest).sort();
}
