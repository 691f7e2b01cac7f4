import {
  CreateRepositoryCommand,
  DescribeImagesCommand,
  ListImagesCommand,
  paginateDescribeImages,
  paginateListImages,
  UpdateImageStorageClassCommand,
} from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { RegistryClient } from "./registryClient.js";
import { RunningEcr } from "./runningEcr.js";

let ecr: RunningEcr;
let registry: RegistryClient;
let repositoryName: string;
let count = 0;

beforeAll(async () => {
  ecr = await RunningEcr.start();
  registry = await ecr.registry();
});
afterAll(() => ecr.stop());
beforeEach(async () => {
  repositoryName = `lists/number-${++count}`;
  await ecr.client().send(new CreateRepositoryCommand({ repositoryName }));
});

describe("DescribeImages and ListImages", () => {
  test("an image has its size, digest and tags; a list has a row for each tag", async () => {
    const image = await registry.pushImage(repositoryName, "v1", { layer: "layer" });
    await registry.pushImage(repositoryName, "v2", { layer: "layer" });
    const { imageDetails } = await ecr.client().send(new DescribeImagesCommand({ repositoryName }));
    expect(imageDetails).toHaveLength(1);
    expect(imageDetails?.[0]).toMatchObject({
      imageDigest: image.digest,
      imageTags: ["v1", "v2"],
      imageSizeInBytes: image.sizeBytes,
      imageManifestMediaType: "application/vnd.oci.image.manifest.v1+json",
      artifactMediaType: "application/vnd.oci.image.config.v1+json",
      imageStatus: "ACTIVE",
    });
    expect(imageDetails?.[0]?.imagePushedAt).toBeInstanceOf(Date);
    const { imageIds } = await ecr.client().send(new ListImagesCommand({ repositoryName }));
    expect(imageIds).toEqual([
      { imageDigest: image.digest, imageTag: "v1" },
      { imageDigest: image.digest, imageTag: "v2" },
    ]);
  });

  test("a moved tag leaves the old image untagged", async () => {
    const old = await registry.pushImage(repositoryName, "latest", { layer: "old" });
    const young = await registry.pushImage(repositoryName, "latest", { layer: "young" });
    const untagged = await ecr
      .client()
      .send(new DescribeImagesCommand({ repositoryName, filter: { tagStatus: "UNTAGGED" } }));
    expect(untagged.imageDetails?.map((each) => each.imageDigest)).toEqual([old.digest]);
    const tagged = await ecr
      .client()
      .send(new ListImagesCommand({ repositoryName, filter: { tagStatus: "TAGGED" } }));
    expect(tagged.imageIds).toEqual([{ imageDigest: young.digest, imageTag: "latest" }]);
  });

  test("paginators see every seeded image once", async () => {
    const { first } = await ecr.control.seed({
      region: "eu-central-1",
      repositories: 1,
      images: 2345,
      prefix: "paged",
    });
    const client = ecr.client();
    const sizes: number[] = [];
    const digests = new Set<string>();
    for await (const page of paginateDescribeImages(
      { client, pageSize: 1000 },
      { repositoryName: first },
    )) {
      sizes.push(page.imageDetails?.length ?? 0);
      for (const { imageDigest = "" } of page.imageDetails ?? []) digests.add(imageDigest);
    }
    expect(sizes).toEqual([1000, 1000, 345]);
    expect(digests.size).toBe(2345);
    const tagged = paginateListImages(
      { client },
      { repositoryName: first, filter: { tagStatus: "TAGGED" } },
    );
    let rows = 0;
    for await (const page of tagged) rows += page.imageIds?.length ?? 0;
    expect(rows).toBe(2345 - 234);
  });

  test("a page may end between the tags of one image", async () => {
    await registry.pushImage(repositoryName, "a", { layer: "same" });
    await registry.pushImage(repositoryName, "b", { layer: "same" });
    await registry.pushImage(repositoryName, "c", { layer: "same" });
    const tags: (string | undefined)[] = [];
    const pages = paginateListImages({ client: ecr.client(), pageSize: 1 }, { repositoryName });
    for await (const page of pages) tags.push(...(page.imageIds ?? []).map((id) => id.imageTag));
    expect(tags).toEqual(["a", "b", "c"]);
  });

  test("an image that is not there is named in AWS' words", async () => {
    const imageIds = [{ imageTag: "nope" }];
    await expect(
      ecr.client().send(new DescribeImagesCommand({ repositoryName, imageIds })),
    ).rejects.toMatchObject({
      name: "ImageNotFoundException",
      message: `The image with imageId {imageDigest:'null', imageTag:'nope'} does not exist within the repository with name '${repositoryName}' in the registry with id '123456789012'`,
    });
    await expect(
      ecr.client().send(new DescribeImagesCommand({ repositoryName, imageIds, maxResults: 5 })),
    ).rejects.toMatchObject({ name: "InvalidParameterException" });
  });

  test("archived images are listed only when asked for, and can't be pulled", async () => {
    const image = await registry.pushImage(repositoryName, "old", { layer: "old" });
    const imageId = { imageDigest: image.digest };
    const archived = await ecr.client().send(
      new UpdateImageStorageClassCommand({
        repositoryName,
        imageId,
        targetStorageClass: "ARCHIVE",
      }),
    );
    expect(archived.imageStatus).toBe("ARCHIVED");
    const list = (imageStatus?: "ANY"): Promise<{ imageDetails?: unknown[] | undefined }> =>
      ecr.client().send(
        new DescribeImagesCommand({
          repositoryName,
          ...(imageStatus ? { filter: { imageStatus } } : {}),
        }),
      );
    expect((await list()).imageDetails).toEqual([]);
    expect((await list("ANY")).imageDetails).toMatchObject([
      { imageStatus: "ARCHIVED", lastArchivedAt: expect.any(Date) as Date },
    ]);
    const pull = await registry.send(`/v2/${repositoryName}/manifests/old`);
    expect(pull.status).toBe(404);
    await expect(
      ecr.client().send(
        new UpdateImageStorageClassCommand({
          repositoryName,
          imageId,
          targetStorageClass: "ARCHIVE",
        }),
      ),
    ).rejects.toMatchObject({ name: "ImageStorageClassUpdateNotSupportedException" });
    await registry.pushImage(repositoryName, "old", { layer: "old" });
    expect((await list()).imageDetails).toMatchObject([{ imageStatus: "ACTIVE" }]);
  });
});
