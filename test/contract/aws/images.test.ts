import { ECRClient, UpdateImageStorageClassCommand } from "@aws-sdk/client-ecr";
import { describe, expect, it } from "vitest";
import { ACCOUNT, collect, REGION, SECRET, useLocalRegistry } from "./localRegistry.js";

const here = useLocalRegistry();

describe("images", () => {
  const place = { account: ACCOUNT, region: REGION };

  it("are listed in the largest pages, archived ones too", async () => {
    const { first } = await here.control.seed({ ...place, repositories: 1, images: 1200 });
    const [firstPage = [], ...rest] = await collect(here.registry.listImages(first, here.signal));
    expect([firstPage, ...rest].map((page) => page.length)).toEqual([1000, 200]);
    const image = firstPage[0];
    expect(image?.status).toBe("active");
    await archive(first, image?.digest ?? "");
    const after = (await collect(here.registry.listImages(first, here.signal))).flat();
    expect(after).toHaveLength(1200);
    expect(after.filter(({ status }) => status === "archived")).toMatchObject([
      { digest: image?.digest },
    ]);
  });

  it("are found by tag and by digest", async () => {
    const { first } = await here.control.seed({ ...place, repositories: 1, images: 3 });
    const images = (await collect(here.registry.listImages(first, here.signal))).flat();
    const tagged = images.find(({ tags }) => tags.length > 0);
    const [tag = ""] = tagged?.tags ?? [];
    expect(tag).not.toBe("");
    expect(await here.registry.findImage(first, { tag }, here.signal)).toEqual(tagged);
    const digest = tagged?.digest ?? "";
    expect(await here.registry.findImage(first, { digest }, here.signal)).toEqual(tagged);
    expect(tagged?.pushedAt).toBeInstanceOf(Date);
    expect(tagged?.sizeBytes).toBeGreaterThan(0);
  });

  it("are undefined when no image has that tag or digest", async () => {
    const { first } = await here.control.seed({ ...place, repositories: 1, images: 1 });
    expect(await here.registry.findImage(first, { tag: "absent" }, here.signal)).toBeUndefined();
    const digest = `sha256:${"0".repeat(64)}`;
    expect(await here.registry.findImage(first, { digest }, here.signal)).toBeUndefined();
  });

  it("need a repository that is there", async () => {
    const missing = { kind: "repository-not-found", repository: "team/api", registryId: ACCOUNT };
    await expect(
      here.registry.findImage("team/api", { tag: "v1" }, here.signal),
    ).rejects.toMatchObject({
      failure: missing,
    });
    await expect(collect(here.registry.listImages("team/api", here.signal))).rejects.toMatchObject({
      failure: missing,
    });
  });

  async function archive(repositoryName: string, imageDigest: string): Promise<void> {
    const credentials = { accessKeyId: ACCOUNT, secretAccessKey: SECRET };
    const client = new ECRClient({ region: REGION, endpoint: here.local.origin, credentials });
    await client.send(
      new UpdateImageStorageClassCommand({
        repositoryName,
        imageId: { imageDigest },
        targetStorageClass: "ARCHIVE",
      }),
    );
    client.destroy();
  }
});
