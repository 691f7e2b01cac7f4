import { BatchGetImageCommand, ECRClient, PutImageCommand } from "@aws-sdk/client-ecr";
import { expect, it } from "vitest";
import { ACCOUNT, collect, REGION, SECRET, useLocalRegistry } from "./localRegistry.js";

const here = useLocalRegistry();
const INDEX = "application/vnd.oci.image.index.v1+json";

/** Puts an index of images that are there already, and returns its digest. */
async function putIndex(repositoryName: string, digests: readonly string[]): Promise<string> {
  const client = new ECRClient({
    region: REGION,
    endpoint: here.local.origin,
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: SECRET },
  });
  const imageIds = digests.map((imageDigest) => ({ imageDigest }));
  const { images = [] } = await client.send(new BatchGetImageCommand({ repositoryName, imageIds }));
  const manifests = images.map(
    ({ imageId, imageManifest = "", imageManifestMediaType }, index) => ({
      mediaType: imageManifestMediaType,
      digest: imageId?.imageDigest,
      size: imageManifest.length,
      platform: { os: "linux", architecture: ["amd64", "arm64"][index] },
    }),
  );
  const text = JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests });
  const put = { repositoryName, imageManifest: text, imageTag: "all" };
  const { image } = await client.send(new PutImageCommand(put));
  client.destroy();
  return image?.imageId?.imageDigest ?? "";
}

it("manifests say what an index holds; those that are not there are left out", async () => {
  const place = { account: ACCOUNT, region: REGION };
  const { first } = await here.control.seed({ ...place, repositories: 1, images: 3 });
  const images = (await collect(here.registry.listImages(first, here.signal))).flat();
  const [one = "", other = ""] = images.map(({ digest }) => digest);
  const index = await putIndex(first, [one, other]);
  const gone = `sha256:${"0".repeat(64)}`;
  const manifests = await here.registry.readManifests(first, [index, one, gone], here.signal);
  expect([...manifests.keys()].sort()).toEqual([index, one].sort());
  expect(manifests.get(one)?.entries).toEqual([]);
  expect(manifests.get(index)?.entries).toMatchObject([
    { digest: one, platform: "linux/amd64", attestsTo: undefined },
    { digest: other, platform: "linux/arm64", attestsTo: undefined },
  ]);
});

it("manifests are asked for a hundred at a time, and not at all for none", async () => {
  const place = { account: ACCOUNT, region: REGION };
  const { first } = await here.control.seed({ ...place, repositories: 1, images: 130 });
  const images = (await collect(here.registry.listImages(first, here.signal))).flat();
  const digests = images.map(({ digest }) => digest);
  const manifests = await here.registry.readManifests(first, digests, here.signal);
  expect(manifests.size).toBe(130);
  expect(await here.countOf("BatchGetImage")).toBe(2);
  expect((await here.registry.readManifests(first, [], here.signal)).size).toBe(0);
  expect(await here.countOf("BatchGetImage")).toBe(2);
});

it("manifests that may not be read say which right is missing", async () => {
  await here.control.denyAction("ecr:BatchGetImage");
  const place = { account: ACCOUNT, region: REGION };
  const { first } = await here.control.seed({ ...place, repositories: 1, images: 1 });
  const digest = `sha256:${"0".repeat(64)}`;
  await expect(here.registry.readManifests(first, [digest], here.signal)).rejects.toMatchObject({
    failure: { kind: "access-denied", action: "ecr:BatchGetImage" },
  });
});
