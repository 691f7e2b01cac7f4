import { createHash } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  buildersUnderTest,
  buildOf,
  collect,
  engineAt,
  failureOf,
  makeFolder,
  patience,
} from "./engineUnderTest.js";

const DOCKER = "application/vnd.docker.distribution.manifest";

/** Opens a registry with one image, which is made for one platform of the engine's alone. */
async function openRegistry(): Promise<string> {
  const config = asBlob({
    architecture: "amd64",
    os: "linux",
    rootfs: { type: "layers", diff_ids: [] },
  });
  const manifest = asBlob({
    schemaVersion: 2,
    mediaType: `${DOCKER}.v2+json`,
    config: {
      mediaType: "application/vnd.docker.container.image.v1+json",
      ...describeBlob(config),
    },
    layers: [],
  });
  const platform = { architecture: "amd64", os: "linux" };
  const index = asBlob({
    schemaVersion: 2,
    mediaType: `${DOCKER}.list.v2+json`,
    manifests: [{ mediaType: `${DOCKER}.v2+json`, ...describeBlob(manifest), platform }],
  });
  const server = http.createServer(({ url = "", method }, response) => {
    const send = (body: Buffer, type: string): void => {
      const headers = { "content-type": type, "content-length": body.length };
      response.writeHead(200, { ...headers, "docker-content-digest": describeBlob(body).digest });
      response.end(method === "HEAD" ? undefined : body);
    };
    if (url.endsWith(describeBlob(manifest).digest)) send(manifest, `${DOCKER}.v2+json`);
    else if (url.endsWith(describeBlob(config).digest)) send(config, "application/octet-stream");
    else if (url.includes("/manifests/")) send(index, `${DOCKER}.list.v2+json`);
    else response.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.each(await buildersUnderTest())(
  "a base image of other platforms with $label, $builder",
  (testEngine) => {
    it("is named with its line", async () => {
      const registry = await openRegistry();
      const image = `${registry}/team/base:v1`;
      const folder = await makeFolder({ Dockerfile: `# a comment\nFROM ${image}\n` });
      const engine = engineAt(testEngine.host, testEngine.builder);
      const build = engine.build(buildOf(folder, { platforms: ["linux/s390x"] }), patience);
      expect(await failureOf(collect(build))).toMatchObject({
        kind: "base-image-platform-missing",
        image,
        host: registry,
        line: 2,
      });
    });
  },
);

function asBlob(content: object): Buffer {
  return Buffer.from(JSON.stringify(content));
}

function describeBlob(blob: Buffer): { size: number; digest: string } {
  return { size: blob.length, digest: `sha256:${createHash("sha256").update(blob).digest("hex")}` };
}
