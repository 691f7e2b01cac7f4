import { openEngine, pingEngine } from "../machine/engineApi.js";

/** Takes all names that begin so from an engine's images, which removes images without another. */
export async function removeImages(engineHost: string, prefix: string): Promise<void> {
  if (!(await pingEngine(engineHost))) return;
  const engine = openEngine(engineHost);
  const images = await engine.listImages();
  const references = images.flatMap(({ RepoTags, RepoDigests }) => [
    ...(RepoTags ?? []),
    ...(RepoDigests ?? []),
  ]);
  for (const reference of references) {
    if (!reference.startsWith(prefix)) continue;
    // The image may have gone with the name before.
    await engine
      .getImage(reference)
      .remove()
      .catch((error: unknown) => {
        if (!/no such image/i.test(String(error))) throw error;
      });
  }
}
