import { digestOf } from "../../localEcr/digest.js";
import { mediaTypes } from "../../localEcr/mediaTypes.js";

/** An image that a test has pushed. */
export interface PushedImage {
  readonly digest: string;
  readonly manifest: string;
  readonly layer: string;
  readonly config: string;
  readonly sizeBytes: number;
}

/** What makes a pushed image differ from the next one. */
export interface ImageContent {
  readonly layer: string;
  readonly subject?: string;
  readonly artifactType?: string;
}

/** Speaks the registry protocol over plain HTTP, as no engine would: one request at a time. */
export class RegistryClient {
  constructor(
    private readonly origin: string,
    private readonly password: string,
    private readonly user = "AWS",
  ) {}

  /** Sends a request with the password. */
  async send(path: string, init: RequestInit & { duplex?: "half" } = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    const credentials = Buffer.from(`${this.user}:${this.password}`).toString("base64");
    headers.set("authorization", `Basic ${credentials}`);
    return fetch(new URL(path, this.origin), { ...init, headers });
  }

  /** Starts an upload and returns the path that takes its bytes. */
  async startUpload(name: string): Promise<string> {
    const started = await this.send(`/v2/${name}/blobs/uploads/`, { method: "POST" });
    return started.headers.get("location") ?? "";
  }

  /** Uploads a blob in one request and returns its digest. */
  async pushBlob(name: string, content: string): Promise<string> {
    const digest = digestOf(content);
    const path = `/v2/${name}/blobs/uploads/?digest=${digest}`;
    await expectStatus(await this.send(path, { method: "POST", body: content }), 201);
    return digest;
  }

  async putManifest(
    name: string,
    reference: string,
    manifest: string,
    mediaType: string,
  ): Promise<Response> {
    return this.send(`/v2/${name}/manifests/${reference}`, {
      method: "PUT",
      body: manifest,
      headers: { "content-type": mediaType },
    });
  }

  /** Pushes an image of one layer, by tag or, without one, by digest. */
  async pushImage(
    name: string,
    tag: string | undefined,
    content: ImageContent,
  ): Promise<PushedImage> {
    const config = JSON.stringify({ architecture: "amd64", os: "linux", config: {} });
    await this.pushBlob(name, config);
    await this.pushBlob(name, content.layer);
    const manifest = imageManifest(config, content);
    const digest = digestOf(manifest);
    const response = await this.putManifest(name, tag ?? digest, manifest, mediaTypes.ociManifest);
    await expectStatus(response, 201);
    return {
      digest,
      manifest,
      layer: digestOf(content.layer),
      config: digestOf(config),
      sizeBytes: config.length + content.layer.length,
    };
  }

  /** Pushes an index of images that are there, and returns its digest. */
  async pushIndex(name: string, tag: string, images: readonly PushedImage[]): Promise<string> {
    const text = JSON.stringify({
      schemaVersion: 2,
      mediaType: mediaTypes.ociIndex,
      manifests: images.map(({ digest, manifest }, index) => ({
        mediaType: mediaTypes.ociManifest,
        digest,
        size: manifest.length,
        platform: { architecture: ["amd64", "arm64"][index] ?? "s390x", os: "linux" },
      })),
    });
    await expectStatus(await this.putManifest(name, tag, text, mediaTypes.ociIndex), 201);
    return digestOf(text);
  }
}

function imageManifest(config: string, { layer, subject, artifactType }: ImageContent): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: mediaTypes.ociManifest,
    artifactType,
    config: { mediaType: mediaTypes.ociConfig, digest: digestOf(config), size: config.length },
    layers: [{ mediaType: mediaTypes.ociLayer, digest: digestOf(layer), size: layer.length }],
    subject:
      subject === undefined
        ? undefined
        : { mediaType: mediaTypes.ociManifest, digest: subject, size: 1 },
  });
}

async function expectStatus(response: Response, status: number): Promise<void> {
  if (response.status === status) return;
  throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
}
