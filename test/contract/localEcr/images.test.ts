import type { ImageIdentifier } from "@aws-sdk/client-ecr";
import {
  BatchCheckLayerAvailabilityCommand,
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DescribeImagesCommand,
  GetDownloadUrlForLayerCommand,
  PutImageCommand,
} from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { digestOf } from "../../localEcr/digest.js";
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
  repositoryName = `images/number-${++count}`;
  await ecr.client().send(new CreateRepositoryCommand({ repositoryName }));
});

describe("BatchGetImage and PutImage", () => {
  test("a manifest can be given another tag without an engine", async () => {
    const image = await registry.pushImage(repositoryName, "v1", { layer: "x" });
    const { images } = await ecr
      .client()
      .send(new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag: "v1" }] }));
    expect(images?.[0]?.imageManifest).toBe(image.manifest);
    const put = new PutImageCommand({
      repositoryName,
      imageManifest: images?.[0]?.imageManifest,
      imageTag: "stable",
    });
    expect((await ecr.client().send(put)).image?.imageId).toEqual({
      imageDigest: image.digest,
      imageTag: "stable",
    });
    await expect(ecr.client().send(put)).rejects.toMatchObject({
      name: "ImageAlreadyExistsException",
      message: `Image with digest '${image.digest}' and tag 'stable' already exists in the repository with name '${repositoryName}' in registry with id '123456789012'`,
    });
  });

  test("what is not found is among the failures", async () => {
    const image = await registry.pushImage(repositoryName, "v1", { layer: "x" });
    const other = await registry.pushImage(repositoryName, "v2", { layer: "y" });
    const imageIds: ImageIdentifier[] = [
      { imageTag: "v1" },
      { imageTag: "nope" },
      {},
      { imageDigest: "nonsense" },
      { imageDigest: image.digest, imageTag: "v2" },
    ];
    const answer = await ecr.client().send(new BatchGetImageCommand({ repositoryName, imageIds }));
    expect(answer.images).toHaveLength(1);
    expect(answer.failures).toMatchObject([
      { failureCode: "ImageNotFound", failureReason: "Requested image not found" },
      { failureCode: "MissingDigestAndTag" },
      { failureCode: "InvalidImageDigest" },
      { failureCode: "ImageTagDoesNotMatchDigest" },
    ]);
    expect(other.digest).not.toBe(image.digest);
    const tooMany = Array.from({ length: 101 }, () => ({ imageTag: "v1" }));
    await expect(
      ecr.client().send(new BatchGetImageCommand({ repositoryName, imageIds: tooMany })),
    ).rejects.toMatchObject({ name: "InvalidParameterException" });
  });

  test("manifests that are broken, incomplete or misnamed are refused", async () => {
    const layer = digestOf("never pushed");
    const incomplete = JSON.stringify({
      schemaVersion: 2,
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      config: { mediaType: "application/vnd.oci.image.config.v1+json", digest: layer, size: 1 },
      layers: [],
    });
    const put = (imageManifest: string, imageDigest?: string): Promise<unknown> =>
      ecr.client().send(new PutImageCommand({ repositoryName, imageManifest, imageDigest }));
    await expect(put("{")).rejects.toMatchObject({
      name: "InvalidParameterException",
      message:
        "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'",
    });
    await expect(put(incomplete)).rejects.toMatchObject({ name: "LayersNotFoundException" });
    await expect(put(incomplete, layer)).rejects.toMatchObject({
      name: "ImageDigestDoesNotMatchException",
    });
    const index = incomplete
      .replace("manifest.v1", "index.v1")
      .replace('"layers":[]', `"manifests":[{"mediaType":"x","digest":"${layer}","size":1}]`);
    await expect(put(index)).rejects.toMatchObject({ name: "ReferencedImagesNotFoundException" });
  });
});

describe("BatchDeleteImage", () => {
  test("a tag goes alone; the last one takes the image along", async () => {
    const { digest } = await registry.pushImage(repositoryName, "a", { layer: "x" });
    await registry.pushImage(repositoryName, "b", { layer: "x" });
    const remove = (imageTag: string): Promise<{ imageIds?: ImageIdentifier[] | undefined }> =>
      ecr.client().send(new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageTag }] }));
    expect((await remove("a")).imageIds).toEqual([{ imageDigest: digest, imageTag: "a" }]);
    const rest = await ecr.client().send(new DescribeImagesCommand({ repositoryName }));
    expect(rest.imageDetails?.[0]?.imageTags).toEqual(["b"]);
    await remove("b");
    const none = await ecr.client().send(new DescribeImagesCommand({ repositoryName }));
    expect(none.imageDetails).toEqual([]);
  });

  test("an image of an index stays as long as the index", async () => {
    const child = await registry.pushImage(repositoryName, undefined, { layer: "amd64" });
    const larger = await registry.pushImage(repositoryName, undefined, { layer: "arm64 larger" });
    const index = await registry.pushIndex(repositoryName, "multi", [child, larger]);
    const details = await ecr
      .client()
      .send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageDigest: index }] }));
    expect(details.imageDetails?.[0]?.imageSizeInBytes).toBe(larger.sizeBytes);
    const remove = (imageDigest: string): Promise<object> =>
      ecr
        .client()
        .send(new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageDigest }] }));
    expect(await remove(child.digest)).toMatchObject({
      imageIds: [],
      failures: [
        {
          failureCode: "ImageReferencedByManifestList",
          failureReason: `Requested image referenced by manifest list: [${index}]`,
        },
      ],
    });
    expect(await remove(index)).toMatchObject({
      imageIds: [{ imageDigest: index, imageTag: "multi" }],
      failures: [],
    });
    expect(await remove(child.digest)).toMatchObject({ failures: [] });
  });
});

describe("layers", () => {
  test("a layer is available where it was pushed, and its address serves it", async () => {
    const image = await registry.pushImage(repositoryName, "v1", { layer: "the layer's bytes" });
    const absent = digestOf("absent");
    const answer = await ecr.client().send(
      new BatchCheckLayerAvailabilityCommand({
        repositoryName,
        layerDigests: [image.layer, absent, "nonsense"],
      }),
    );
    expect(answer.layers).toMatchObject([
      {
        layerDigest: image.layer,
        layerAvailability: "AVAILABLE",
        layerSize: 17,
        mediaType: "application/vnd.oci.image.layer.v1.tar+gzip",
      },
      { layerDigest: absent, layerAvailability: "UNAVAILABLE" },
    ]);
    expect(answer.failures).toMatchObject([{ failureCode: "InvalidLayerDigest" }]);
    const { downloadUrl = "" } = await ecr
      .client()
      .send(new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest: image.layer }));
    expect(await (await fetch(downloadUrl)).text()).toBe("the layer's bytes");
    expect((await fetch(downloadUrl.replace(/signature=./, "signature=x"))).status).toBe(403);
    await expect(
      ecr.client().send(new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest: absent })),
    ).rejects.toMatchObject({ name: "LayersNotFoundException" });
  });
});
