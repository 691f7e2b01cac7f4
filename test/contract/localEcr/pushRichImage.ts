import { digestOf } from "../../localEcr/digest.js";
import { mediaTypes } from "../../localEcr/mediaTypes.js";
import type { RegistryClient } from "./registryClient.js";

/** What a pushed image is made of. */
export interface RichImage {
  readonly tag?: string;
  /** The config, as the specification has it. */
  readonly config: object;
  /** What each layer holds, from the base upwards. */
  readonly layers: readonly string[];
}

/** Pushes an image with a config of its own and returns its digests. */
export async function pushRichImage(
  client: RegistryClient,
  repository: string,
  { tag, config, layers }: RichImage,
): Promise<{ digest: string; configDigest: string; configText: string; manifest: string }> {
  const configText = JSON.stringify(config);
  const configDigest = await client.pushBlob(repository, configText);
  const pushed = [];
  for (const layer of layers) {
    const digest = await client.pushBlob(repository, layer);
    pushed.push({ mediaType: mediaTypes.ociLayer, digest, size: layer.length });
  }
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: mediaTypes.ociManifest,
    config: {
      mediaType: mediaTypes.ociConfig,
      digest: configDigest,
      size: Buffer.byteLength(configText),
    },
    layers: pushed,
  });
  const digest = digestOf(manifest);
  const answer = await client.putManifest(
    repository,
    tag ?? digest,
    manifest,
    mediaTypes.ociManifest,
  );
  if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
  return { digest, configDigest, configText, manifest };
}
