import { CreateRepositoryCommand, DescribeImagesCommand } from "@aws-sdk/client-ecr";
import type Docker from "dockerode";
import { randomBytes } from "node:crypto";
import { text } from "node:stream/consumers";
import { Readable } from "node:stream";
import { pack } from "tar-stream";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openEngine } from "../../machine/engineApi.js";
import { testEngines } from "../engines.js";
import { skipTest } from "../skipTest.js";
import { RunningEcr } from "./runningEcr.js";

/** One line of the engine's answer, as far as these tests read it. */
interface EngineEvent {
  readonly status?: string;
  readonly error?: string;
}

describe.each(await testEngines())("engine at $label", (testEngine) => {
  const { host, quotesRegistry, retriesLayers } = testEngine;
  const silence = "this engine leaves out what a registry says";
  const name = `local-ecr-test/app-${randomBytes(4).toString("hex")}`;
  let ecr: RunningEcr;
  let docker: Docker;
  let reference: string;

  beforeAll(async () => {
    docker = openEngine(host);
    ecr = await RunningEcr.start();
    reference = `${ecr.host}/${name}`;
    await ecr.client().send(new CreateRepositoryCommand({ repositoryName: name }));
  });
  afterEach(() => ecr.control.reset());
  afterAll(async () => {
    for (const { Id, RepoTags, RepoDigests } of await docker.listImages()) {
      // The engine gives null where an image has no name of a kind.
      const names = [RepoTags, RepoDigests as string[] | null].flatMap((each) => each ?? []);
      if (!names.some((each) => each.startsWith(reference))) continue;
      await docker.getImage(Id).remove({ force: true });
    }
    await ecr.stop();
  });

  /** Builds an image whose layers each hold a file of random bytes, and names it. */
  async function build(
    tag: string,
    layerBytes: readonly number[],
    repository = reference,
  ): Promise<void> {
    const context = pack();
    const copies = layerBytes.map((_, index) => `COPY file${index} /`);
    context.entry({ name: "Dockerfile" }, ["FROM scratch", ...copies].join("\n"));
    for (const [index, size] of layerBytes.entries()) {
      context.entry({ name: `file${index}` }, randomBytes(size));
    }
    context.finalize();
    const answer = await docker.buildImage(Readable.from(context), { t: `${repository}:${tag}` });
    expect(await text(answer)).toContain("Successfully built");
  }

  async function push(
    tag: string,
    { password, repository = reference }: { password?: string; repository?: string } = {},
  ): Promise<EngineEvent[]> {
    const authconfig = {
      username: "AWS",
      password: password ?? (await ecr.password()),
      serveraddress: ecr.host,
    };
    const answer = await docker.getImage(repository).push({ tag, authconfig });
    const lines = (await text(answer)).split("\n").filter((line) => line.trim() !== "");
    return lines.map((line) => JSON.parse(line) as EngineEvent);
  }

  const errorOf = (events: readonly EngineEvent[]): string | undefined =>
    events.find((event) => event.error !== undefined)?.error;

  function digestOfPush(events: readonly EngineEvent[]): string | undefined {
    const statuses = events.map((event) => event.status ?? "");
    return statuses
      .map((status) => /digest: (sha256:[0-9a-f]{64})/.exec(status)?.[1])
      .find(Boolean);
  }

  test("what the engine pushes is what ECR describes and what comes back", async () => {
    await build("v1", [1000, 2000]);
    const events = await push("v1");
    expect(errorOf(events)).toBeUndefined();
    const digest = digestOfPush(events);
    const { imageDetails } = await ecr
      .client()
      .send(new DescribeImagesCommand({ repositoryName: name, imageIds: [{ imageTag: "v1" }] }));
    expect(imageDetails?.[0]?.imageDigest).toBe(digest);
    const registry = await ecr.registry();
    const response = await registry.send(`/v2/${name}/manifests/v1`);
    const manifest = (await response.json()) as {
      config: { size: number };
      layers: { size: number }[];
    };
    const sizes = [manifest.config, ...manifest.layers].map((blob) => blob.size);
    expect(imageDetails?.[0]?.imageSizeInBytes).toBe(sizes.reduce((sum, size) => sum + size, 0));

    const before = await docker.getImage(`${reference}:v1`).inspect();
    await docker.getImage(`${reference}:v1`).remove();
    const authconfig = {
      username: "AWS",
      password: await ecr.password(),
      serveraddress: ecr.host,
    };
    const pulled = await text(await docker.pull(`${reference}@${digest ?? ""}`, { authconfig }));
    expect(pulled).toContain("Download");
    const after = await docker.getImage(`${reference}@${digest ?? ""}`).inspect();
    expect(after.Id).toBe(before.Id);
  });

  test("a tag that stays is refused", async (context) => {
    if (!quotesRegistry) skipTest(context, silence);
    const repository = `${reference}-immutable`;
    await ecr.client().send(
      new CreateRepositoryCommand({
        repositoryName: `${name}-immutable`,
        imageTagMutability: "IMMUTABLE",
      }),
    );
    await build("v1", [10], repository);
    expect(errorOf(await push("v1", { repository }))).toBeUndefined();
    await build("v1", [10], repository);
    expect(errorOf(await push("v1", { repository }))).toContain(
      `The image tag 'v1' already exists in the '${name}-immutable' repository and cannot be overwritten because the repository is immutable.`,
    );
    await docker.getImage(`${repository}:v1`).remove({ force: true });
  });

  test("a wrong and an expired password are refused, and a new one works", async () => {
    await build("auth", [10]);
    expect(errorOf(await push("auth", { password: "wrong" }))).toMatch(
      /unauthorized|authorization failed/i,
    );
    const password = await ecr.password();
    await ecr.control.expireTokens();
    const expired = "Your authorization token has expired. Reauthenticate and try again.";
    // The others ask with HEAD first, to which an answer has no words.
    const refusal = retriesLayers ? expired : "403";
    expect(errorOf(await push("auth", { password }))).toContain(refusal);
    expect(errorOf(await push("auth"))).toBeUndefined();
  });

  test("a missing repository is named", async (context) => {
    if (!quotesRegistry) skipTest(context, silence);
    const repository = `${reference}-missing`;
    await build("v1", [10], repository);
    expect(errorOf(await push("v1", { repository }))).toContain(
      `The repository with name '${name}-missing' does not exist in the registry with id '123456789012'`,
    );
    await docker.getImage(`${repository}:v1`).remove({ force: true });
  });

  test("a denied action reaches the engine's answer", async (context) => {
    if (!quotesRegistry) skipTest(context, silence);
    await build("denied", [10]);
    await ecr.control.denyAction("ecr:PutImage");
    expect(errorOf(await push("denied"))).toContain(
      "is not authorized to perform: ecr:PutImage on resource: arn:aws:ecr:eu-central-1:123456789012:repository/",
    );
  });

  test("the engine tries a failed layer again, and the image is whole", async (context) => {
    if (!retriesLayers) skipTest(context, "this engine tries a layer once");
    await build("retry", [5000, 6000]);
    await ecr.control.failLayer({ nth: 2, status: 503 });
    const events = await push("retry");
    expect(events.some((event) => event.status?.startsWith("Retrying"))).toBe(true);
    expect(errorOf(events)).toBeUndefined();
    expect(digestOfPush(events)).toBeDefined();
  });

  test("the engine tries a cut layer again, and the image is whole", async (context) => {
    if (!retriesLayers) skipTest(context, "this engine tries a layer once");
    await build("cut", [300_000]);
    await ecr.control.cutLayer({ afterBytes: 1000 });
    const events = await push("cut");
    expect(events.some((event) => event.status?.startsWith("Retrying"))).toBe(true);
    expect(errorOf(events)).toBeUndefined();
  });

  test("a registry error at the manifest ends the push", async () => {
    await build("broken", [10]);
    await ecr.control.failOperation("PutImage", "INTERNAL_ERROR", "Registry broken", 500);
    expect(errorOf(await push("broken"))).toMatch(/500 Internal Server Error|Registry broken/);
    const { imageDetails } = await ecr
      .client()
      .send(new DescribeImagesCommand({ repositoryName: name, filter: { tagStatus: "TAGGED" } }));
    expect(imageDetails?.flatMap((each) => each.imageTags ?? [])).not.toContain("broken");
  });

  test("a slow registry gets the whole image", async () => {
    await build("slow", [100_000]);
    await ecr.control.limitRate(100_000);
    const events = await push("slow");
    expect(errorOf(events)).toBeUndefined();
    expect(digestOfPush(events)).toBeDefined();
  });
});
