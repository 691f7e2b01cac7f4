import type { ImageTagMutability } from "@aws-sdk/client-ecr";
import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  PutImageCommand,
  PutImageTagMutabilityCommand,
} from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mediaTypes } from "../../localEcr/mediaTypes.js";
import type { RegistryClient } from "./registryClient.js";
import { RunningEcr } from "./runningEcr.js";

let ecr: RunningEcr;
let registry: RegistryClient;

beforeAll(async () => {
  ecr = await RunningEcr.start();
  registry = await ecr.registry();
});
afterAll(() => ecr.stop());

describe.each<{
  mutability: ImageTagMutability;
  filter?: string;
  moves: string[];
  stays: string[];
}>([
  { mutability: "MUTABLE", moves: ["v1", "dev-1"], stays: [] },
  { mutability: "IMMUTABLE", moves: [], stays: ["v1", "dev-1"] },
  { mutability: "MUTABLE_WITH_EXCLUSION", filter: "v*", moves: ["dev-1"], stays: ["v1"] },
  { mutability: "IMMUTABLE_WITH_EXCLUSION", filter: "dev-*", moves: ["dev-1"], stays: ["v1"] },
])("$mutability", ({ mutability, filter, moves, stays }) => {
  const repositoryName = `mutability/${mutability.toLowerCase()}`;

  beforeAll(async () => {
    await ecr.client().send(new CreateRepositoryCommand({ repositoryName }));
    for (const tag of [...moves, ...stays]) {
      await registry.pushImage(repositoryName, tag, { layer: `first ${tag}` });
    }
    await registry.pushImage(repositoryName, "other", { layer: "other" });
    const filters = filter === undefined ? [] : [{ filterType: "WILDCARD" as const, filter }];
    const answer = await ecr.client().send(
      new PutImageTagMutabilityCommand({
        repositoryName,
        imageTagMutability: mutability,
        ...(filters.length > 0 ? { imageTagMutabilityExclusionFilters: filters } : {}),
      }),
    );
    expect(answer.imageTagMutability).toBe(mutability);
    expect(answer.imageTagMutabilityExclusionFilters ?? []).toEqual(filters);
  });

  test("tags that may move do so on both planes", async () => {
    for (const tag of moves) {
      await registry.pushImage(repositoryName, tag, { layer: `second ${tag}` });
      const { images } = await ecr
        .client()
        .send(new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag: "other" }] }));
      const imageManifest = images?.[0]?.imageManifest;
      const put = new PutImageCommand({ repositoryName, imageManifest, imageTag: tag });
      expect((await ecr.client().send(put)).image?.imageId?.imageTag).toBe(tag);
    }
    expect(moves.length + stays.length).toBe(2);
  });

  test("tags that stay are refused in the same words on both planes", async () => {
    const { images } = await ecr
      .client()
      .send(new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag: "other" }] }));
    const imageManifest = images?.[0]?.imageManifest ?? "";
    for (const tag of stays) {
      const message = `The image tag '${tag}' already exists in the '${repositoryName}' repository and cannot be overwritten because the repository is immutable.`;
      const put = new PutImageCommand({ repositoryName, imageManifest, imageTag: tag });
      await expect(ecr.client().send(put)).rejects.toMatchObject({
        name: "ImageTagAlreadyExistsException",
        message,
      });
      const answer = await registry.putManifest(
        repositoryName,
        tag,
        imageManifest,
        mediaTypes.ociManifest,
      );
      expect(answer.status).toBe(400);
      expect(await answer.json()).toEqual({ errors: [{ code: "TAG_INVALID", message }] });
    }
    expect(moves.length + stays.length).toBe(2);
  });
});

test("filters come with an exclusion, match AWS' pattern, and are five at most", async () => {
  await ecr.client().send(new CreateRepositoryCommand({ repositoryName: "filters" }));
  const put = (imageTagMutability: ImageTagMutability, filters: string[]): Promise<unknown> =>
    ecr.client().send(
      new PutImageTagMutabilityCommand({
        repositoryName: "filters",
        imageTagMutability,
        imageTagMutabilityExclusionFilters: filters.map((filter) => ({
          filterType: "WILDCARD",
          filter,
        })),
      }),
    );
  const refusal = { name: "InvalidParameterException" };
  await expect(put("IMMUTABLE", ["a*"])).rejects.toMatchObject(refusal);
  await expect(put("IMMUTABLE_WITH_EXCLUSION", ["a b"])).rejects.toMatchObject(refusal);
  await expect(
    put("IMMUTABLE_WITH_EXCLUSION", ["a", "b", "c", "d", "e", "f"]),
  ).rejects.toMatchObject(refusal);
});
