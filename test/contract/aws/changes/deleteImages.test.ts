import { describe, expect, it } from "vitest";
import { ACCOUNT, REGION, useLocalRegistry } from "../localRegistry.js";
import { digestsOf, makeFamily } from "./makeFamily.js";

const here = useLocalRegistry();
const place = { account: ACCOUNT, region: REGION };

describe("deleting images", () => {
  it("takes all tags along, and tells what is gone and what an index holds", async () => {
    const { changes } = here.registry;
    const { index, platforms, single } = await makeFamily(here, "team/api");
    const nobody = `sha256:${"0".repeat(64)}`;
    await changes.tagImage("team/api", single, "second", here.signal);
    const digests = [single, nobody, ...platforms];
    const answer = await changes.deleteImages("team/api", digests, here.signal);
    expect(answer.deleted).toEqual([single]);
    expect(answer.gone).toEqual([nobody]);
    expect(answer.refused).toEqual(
      platforms.map((digest) => ({
        digest,
        why: "in-index",
        indexes: [index],
        message: expect.stringContaining("manifest list") as string,
      })),
    );
    expect(await here.registry.findImage("team/api", { tag: "second" }, here.signal)).toBe(
      undefined,
    );
    expect(await digestsOf(here, "team/api")).toEqual([index, ...platforms].sort());
  });

  it("takes what an index held once the index is gone", async () => {
    const { changes } = here.registry;
    const { index, platforms } = await makeFamily(here, "team/api");
    await changes.deleteImages("team/api", [index], here.signal);
    const answer = await changes.deleteImages("team/api", platforms, here.signal);
    expect([...answer.deleted].sort()).toEqual([...platforms].sort());
    expect(answer.refused).toEqual([]);
  });

  it("is tried again when ECR asks for patience", async () => {
    const { first } = await here.control.seed({ ...place, repositories: 1, images: 3 });
    const digests = await digestsOf(here, first);
    await here.control.throttle("BatchDeleteImage", 2);
    const answer = await here.registry.changes.deleteImages(first, digests, here.signal);
    expect([...answer.deleted].sort()).toEqual(digests);
    expect(await here.countOf("BatchDeleteImage")).toBe(3);
  });

  it("names the right that is missing, and deletes nothing then", async () => {
    const { first } = await here.control.seed({ ...place, repositories: 1, images: 3 });
    const digests = await digestsOf(here, first);
    await here.control.denyAction("ecr:BatchDeleteImage");
    await expect(
      here.registry.changes.deleteImages(first, digests, here.signal),
    ).rejects.toMatchObject({
      failure: { kind: "access-denied", action: "ecr:BatchDeleteImage" },
    });
    expect(await digestsOf(here, first)).toEqual(digests);
  });

  it("refuses more than a hundred at once, as ECR does, with nothing gone", async () => {
    const { first } = await here.control.seed({ ...place, repositories: 1, images: 101 });
    const digests = await digestsOf(here, first);
    await expect(
      here.registry.changes.deleteImages(first, digests, here.signal),
    ).rejects.toMatchObject({ failure: { kind: "aws-failed", operation: "BatchDeleteImage" } });
    expect(await digestsOf(here, first)).toHaveLength(101);
  });
});

describe("finding images", () => {
  it("tells of those that are there, by the hundred, and halves what holds one that is gone", async () => {
    const { first } = await here.control.seed({ ...place, repositories: 1, images: 130 });
    const digests = await digestsOf(here, first);
    const found = await here.registry.findImages(first, digests, here.signal);
    expect([...found.keys()].sort()).toEqual(digests);
    const before = await here.countOf("DescribeImages");
    const gone = `sha256:${"0".repeat(64)}`;
    const some = [...digests.slice(0, 8), gone];
    const left = await here.registry.findImages(first, some, here.signal);
    expect([...left.keys()].sort()).toEqual(digests.slice(0, 8));
    expect((await here.countOf("DescribeImages")) - before).toBeLessThanOrEqual(9);
    expect((await here.registry.findImages(first, [gone], here.signal)).size).toBe(0);
    expect((await here.registry.findImages(first, [], here.signal)).size).toBe(0);
  });
});
