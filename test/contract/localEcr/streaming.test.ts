import {
  CreateRepositoryCommand,
  DescribeImagesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
} from "@aws-sdk/client-ecr";
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LocalEcrControl } from "../../localEcr/control.js";
import { RegistryClient } from "./registryClient.js";

const blobBytes = 200 * 1024 * 1024;
/** Far below the size of the blob, and far above what pieces in flight need. */
const mostGrowthBytes = 64 * 1024 * 1024;

let child: ChildProcess;
let dataDir: string;
let origin: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "local-ecr-streaming-"));
  const main = fileURLToPath(new URL("../../localEcr/main.ts", import.meta.url));
  const args = ["--expose-gc", "--import", "tsx", main, "--data", dataDir, "--port", "0"];
  child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  if (!child.stdout) throw new Error("The local ECR has no output");
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  origin = line;
});
afterAll(async () => {
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  await rm(dataDir, { recursive: true, force: true });
});

test("a large layer passes through without being held in memory", async () => {
  const registry = await connect("stream");
  const control = new LocalEcrControl(origin);
  const before = await control.memory();
  const path = await registry.startUpload("stream");
  const hash = createHash("sha256");
  let mostBytes = 0;
  async function* pieces(): AsyncGenerator<Buffer> {
    const piece = Buffer.alloc(1024 * 1024, "large");
    for (let sent = 0; sent < blobBytes; sent += piece.length) {
      hash.update(piece);
      yield piece;
      if (sent % (20 * piece.length) !== 0) continue;
      const { heapUsedBytes, bufferBytes } = await control.memory();
      mostBytes = Math.max(mostBytes, heapUsedBytes + bufferBytes);
    }
  }
  const body = Readable.toWeb(Readable.from(pieces())) as ReadableStream<Uint8Array>;
  const patch = await registry.send(path, { method: "PATCH", body, duplex: "half" });
  expect(patch.headers.get("range")).toBe(`0-${blobBytes - 1}`);
  const digest = `sha256:${hash.digest("hex")}`;
  const put = await registry.send(`${path}?digest=${digest}`, { method: "PUT" });
  expect(put.status).toBe(201);
  expect(mostBytes).toBeGreaterThan(0);
  expect(mostBytes - before.heapUsedBytes - before.bufferBytes).toBeLessThan(mostGrowthBytes);

  const back = await registry.send(`/v2/stream/blobs/${digest}`);
  const received = createHash("sha256");
  for await (const chunk of back.body ?? []) received.update(chunk as Uint8Array);
  expect(`sha256:${received.digest("hex")}`).toBe(digest);
  const after = await control.memory();
  expect(after.heapUsedBytes + after.bufferBytes).toBeLessThan(
    before.heapUsedBytes + before.bufferBytes + mostGrowthBytes,
  );
});

test("100,000 seeded images need little memory and are all there", async () => {
  const control = new LocalEcrControl(origin);
  const before = await control.memory();
  const { first } = await control.seed({ repositories: 3, images: 100_000, prefix: "large" });
  const client = createClient();
  const seen = await client.send(
    new DescribeImagesCommand({
      repositoryName: first,
      imageIds: [{ imageTag: "v1" }, { imageTag: "v99999" }],
    }),
  );
  expect(seen.imageDetails).toHaveLength(2);
  const { heapUsedBytes } = await control.memory();
  expect(heapUsedBytes - before.heapUsedBytes).toBeLessThan(128 * 1024 * 1024);
});

async function connect(repositoryName: string): Promise<RegistryClient> {
  const client = createClient();
  await client.send(new CreateRepositoryCommand({ repositoryName }));
  const { authorizationData } = await client.send(new GetAuthorizationTokenCommand({}));
  const token = authorizationData?.[0]?.authorizationToken ?? "";
  const password = Buffer.from(token, "base64").toString("utf8").slice("AWS:".length);
  return new RegistryClient(origin, password);
}

function createClient(): ECRClient {
  const credentials = { accessKeyId: "123456789012", secretAccessKey: "not-checked" };
  return new ECRClient({ endpoint: origin, region: "us-east-1", credentials });
}
