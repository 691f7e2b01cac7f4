import {
  CreateRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  PutImageTagMutabilityCommand,
} from "@aws-sdk/client-ecr";
import { appendFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { RunningEcr } from "./runningEcr.js";

let ecr: RunningEcr;
afterAll(() => ecr.stop());

test("a restart keeps data and ends tokens", async () => {
  ecr = await RunningEcr.start();
  await ecr.client().send(new CreateRepositoryCommand({ repositoryName: "kept" }));
  await ecr.client().send(new CreateRepositoryCommand({ repositoryName: "kept/too" }));
  await ecr
    .client()
    .send(
      new PutImageTagMutabilityCommand({ repositoryName: "kept", imageTagMutability: "IMMUTABLE" }),
    );
  const registry = await ecr.registry();
  const image = await registry.pushImage("kept", "v1", { layer: "kept bytes" });
  const password = await ecr.password();
  const { first } = await ecr.control.seed({ region: "eu-central-1", repositories: 2, images: 30 });
  const seededPush = await registry.pushImage(first, "extra", { layer: "extra" });
  const seen = await describeAll(ecr, first);
  await ecr.stop({ keepData: true });
  // What a crash in the middle of a write leaves: a line without its end.
  await appendToJournals(ecr.dataDir, '{"put":{"name":"torn');

  ecr = await RunningEcr.start({ dataDir: ecr.dataDir });
  expect(await describeAll(ecr, first)).toEqual(seen);
  expect(seen.seeded).toHaveLength(31);
  expect(seen.seeded.map((each) => each.imageDigest)).toContain(seededPush.digest);
  expect(seen.repositories.map((each) => each.imageTagMutability)).toContain("IMMUTABLE");
  expect(JSON.stringify(seen.kept)).toContain(image.digest);
  const after = await ecr.registry();
  const blob = await after.send(`/v2/kept/blobs/${image.layer}`);
  expect(await blob.text()).toBe("kept bytes");
  const old = Buffer.from(`AWS:${password}`).toString("base64");
  const answer = await fetch(`${ecr.server.origin}/v2/`, {
    headers: { authorization: `Basic ${old}` },
  });
  expect(answer.status).toBe(401);
  await ecr.client().send(new CreateRepositoryCommand({ repositoryName: "after/crash" }));
  await ecr.stop({ keepData: true });

  ecr = await RunningEcr.start({ dataDir: ecr.dataDir });
  const { repositories } = await ecr.client().send(new DescribeRepositoriesCommand({}));
  expect(repositories?.map((each) => each.repositoryName)).toEqual([
    "after/crash",
    "kept",
    "kept/too",
    "seed-00001",
    "seed-00002",
  ]);
});

interface Seen {
  readonly repositories: readonly { imageTagMutability?: string | undefined }[];
  readonly kept: readonly object[];
  readonly seeded: readonly { imageDigest?: string | undefined }[];
}

async function describeAll(running: RunningEcr, seededName: string): Promise<Seen> {
  const client = running.client();
  const { repositories = [] } = await client.send(new DescribeRepositoriesCommand({}));
  const images = async (repositoryName: string): Promise<object[]> =>
    (await client.send(new DescribeImagesCommand({ repositoryName }))).imageDetails ?? [];
  return {
    repositories: repositories.map((each) => ({ ...each, repositoryUri: "on another port" })),
    kept: await images("kept"),
    seeded: await images(seededName),
  };
}

async function appendToJournals(dataDir: string, text: string): Promise<void> {
  const files = await readdir(dataDir, { recursive: true });
  const journals = files.filter((file) => file.endsWith(".jsonl"));
  expect(journals.length).toBeGreaterThan(1);
  for (const journal of journals) await appendFile(join(dataDir, journal), text);
}
