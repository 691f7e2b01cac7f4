import { randomBytes } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import type { RegistryToken } from "../../../src/core/login/registryToken.js";
import { digestOf } from "../../localEcr/digest.js";
import { mediaTypes } from "../../localEcr/mediaTypes.js";

/** A manifest that a registry took. */
export interface PutManifest {
  readonly digest: string;
  readonly sizeBytes: number;
}

/** Puts images into a registry that engines can pull, of any platform and without an engine. */
export class RegistryImages {
  constructor(
    private readonly origin: string,
    private readonly token: RegistryToken,
  ) {}

  /** Puts an image of random files, one for each layer, which nobody holds yet. */
  async putImage(
    repository: string,
    tag: string | undefined,
    { platform = "linux/amd64", layers = 1, layerBytes = 200_000 } = {},
  ): Promise<PutManifest> {
    const files = await Promise.all(Array.from({ length: layers }, () => randomLayer(layerBytes)));
    const [os, architecture, variant] = platform.split("/");
    const rootfs = { type: "layers", diff_ids: files.map(({ diffId }) => diffId) };
    const config = Buffer.from(JSON.stringify({ os, architecture, variant, config: {}, rootfs }));
    const blobs = files.map(({ blob }) => blob);
    for (const blob of [config, ...blobs]) await this.#putBlob(repository, blob);
    return this.#putManifest(repository, tag, mediaTypes.ociManifest, {
      config: { mediaType: mediaTypes.ociConfig, digest: digestOf(config), size: config.length },
      layers: blobs.map((blob) => ({
        mediaType: "application/vnd.oci.image.layer.v1.tar+gzip",
        digest: digestOf(blob),
        size: blob.length,
      })),
    });
  }

  /** Puts an index of images that are there, by their platforms. */
  async putIndex(
    repository: string,
    tag: string,
    images: Readonly<Record<string, PutManifest>>,
  ): Promise<PutManifest> {
    const manifests = Object.entries(images).map(([platform, { digest, sizeBytes }]) => {
      const [os, architecture, variant] = platform.split("/");
      const mediaType = mediaTypes.ociManifest;
      return { mediaType, digest, size: sizeBytes, platform: { os, architecture, variant } };
    });
    return this.#putManifest(repository, tag, mediaTypes.ociIndex, { manifests });
  }

  async #putBlob(repository: string, blob: Buffer): Promise<void> {
    const path = `/v2/${repository}/blobs/uploads/?digest=${digestOf(blob)}`;
    await this.#send(path, "POST", blob, "application/octet-stream");
  }

  async #putManifest(
    repository: string,
    tag: string | undefined,
    mediaType: string,
    content: object,
  ): Promise<PutManifest> {
    const text = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, ...content }));
    const digest = digestOf(text);
    await this.#send(`/v2/${repository}/manifests/${tag ?? digest}`, "PUT", text, mediaType);
    return { digest, sizeBytes: text.length };
  }

  async #send(path: string, method: string, body: Buffer, type: string): Promise<void> {
    const { username } = this.token;
    const login = Buffer.from(`${username}:${this.token.revealPassword()}`).toString("base64");
    const headers = { authorization: `Basic ${login}`, "content-type": type };
    const answer = await fetch(new URL(path, this.origin), {
      method,
      headers,
      body: Uint8Array.from(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
  }
}

async function randomLayer(sizeBytes: number): Promise<{ blob: Buffer; diffId: string }> {
  const tar = pack();
  tar.entry({ name: `file-${randomBytes(8).toString("hex")}` }, randomBytes(sizeBytes));
  tar.finalize();
  const plain = await buffer(tar);
  return { blob: gzipSync(plain), diffId: digestOf(plain) };
}
