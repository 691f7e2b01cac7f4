import { describe, expect, it } from "vitest";
import { useLocalRegistry } from "../localRegistry.js";
import { digestsOf, makeFamily, openClient } from "./makeFamily.js";

const here = useLocalRegistry();
const repository = "team/api";

/** Which image a tag names now, and under which media type it is kept. */
async function holderOf(tag: string): Promise<readonly [string | undefined, string | undefined]> {
  const image = await here.registry.findImage(repository, { tag }, here.signal);
  return [image?.digest, image?.mediaType];
}

describe("a further tag", () => {
  it("names the very image, an index of platforms too", async () => {
    const { index, single } = await makeFamily(here, repository);
    const { changes } = here.registry;
    const before = await digestsOf(here, repository);
    await changes.tagImage(repository, index, "1.0", here.signal);
    await changes.tagImage(repository, single, "1.0-single", here.signal);
    expect(await holderOf("1.0")).toEqual([index, "application/vnd.oci.image.index.v1+json"]);
    expect((await holderOf("1.0-single"))[0]).toBe(single);
    expect(await digestsOf(here, repository)).toEqual(before);
  });

  it("keeps the media type of a manifest that names none itself", async () => {
    const { single } = await makeFamily(here, repository);
    const client = await openClient(here);
    const { contents, changes } = here.registry;
    const { text = "" } = (await contents.readManifestText(repository, single, here.signal)) ?? {};
    const { mediaType, ...nameless } = JSON.parse(text) as { readonly mediaType: string };
    await client.putManifest(repository, "nameless", JSON.stringify(nameless), mediaType);
    const [digest = ""] = await holderOf("nameless");
    expect(digest).not.toBe(single);
    await changes.tagImage(repository, digest, "1.0", here.signal);
    expect(await holderOf("1.0")).toEqual([digest, mediaType]);
  });

  it("moves from the image that had it", async () => {
    const { index, single } = await makeFamily(here, repository);
    await here.registry.changes.tagImage(repository, index, "single", here.signal);
    expect((await holderOf("single"))[0]).toBe(index);
    const robbed = await here.registry.findImage(repository, { digest: single }, here.signal);
    expect(robbed?.tags).toEqual([]);
  });

  it("that the image has already changes nothing, and is no failure", async () => {
    const { single } = await makeFamily(here, repository);
    await here.registry.changes.tagImage(repository, single, "single", here.signal);
    expect((await holderOf("single"))[0]).toBe(single);
  });

  it("is refused where the repository keeps it, by the rule and its exceptions", async () => {
    const { index } = await makeFamily(here, repository);
    const { changes } = here.registry;
    const rule = { default: "mutable", exclusions: ["sin*"] } as const;
    await changes.setTagMutability(repository, rule, here.signal);
    const known = await here.registry.findRepository(repository, here.signal);
    expect(known?.tagMutability).toEqual(rule);
    await expect(changes.tagImage(repository, index, "single", here.signal)).rejects.toMatchObject({
      failure: { kind: "tag-immutable", repository, tag: "single" },
    });
    await changes.tagImage(repository, index, "other", here.signal);
    const plain = { default: "immutable", exclusions: [] } as const;
    await changes.setTagMutability(repository, plain, here.signal);
    expect((await here.registry.findRepository(repository, here.signal))?.tagMutability).toEqual(
      plain,
    );
  });

  it("can't be given to an image that is gone, or archived", async () => {
    const { single } = await makeFamily(here, repository);
    const { changes } = here.registry;
    await changes.setStorageClass(repository, single, "archive", here.signal);
    await expect(changes.tagImage(repository, single, "1.0", here.signal)).rejects.toMatchObject({
      failure: { kind: "image-archived" },
    });
    await changes.deleteImages(repository, [single], here.signal);
    await expect(changes.tagImage(repository, single, "1.0", here.signal)).rejects.toMatchObject({
      failure: { kind: "image-not-found" },
    });
  });

  it.each(["ecr:BatchGetImage", "ecr:PutImage"])("needs %s, and says so", async (action) => {
    const { single } = await makeFamily(here, repository);
    await here.control.denyAction(action);
    await expect(
      here.registry.changes.tagImage(repository, single, "1.0", here.signal),
    ).rejects.toMatchObject({ failure: { kind: "access-denied", action } });
    await here.control.reset();
    expect((await holderOf("1.0"))[0]).toBeUndefined();
  });
});

describe("taking a tag away", () => {
  it("leaves the image and its other tags", async () => {
    const { single } = await makeFamily(here, repository);
    const { changes } = here.registry;
    await changes.tagImage(repository, single, "1.0", here.signal);
    await changes.untagImage(repository, single, "single", here.signal);
    const image = await here.registry.findImage(repository, { digest: single }, here.signal);
    expect(image?.tags).toEqual(["1.0"]);
  });

  it("leaves a tag that names another image by now", async () => {
    const { index, single } = await makeFamily(here, repository);
    const { changes } = here.registry;
    await changes.tagImage(repository, index, "single", here.signal);
    await expect(
      changes.untagImage(repository, single, "single", here.signal),
    ).rejects.toMatchObject({ failure: { kind: "tag-moved", repository, tag: "single" } });
    expect((await holderOf("single"))[0]).toBe(index);
  });

  it("takes the image along with its last tag, unless an index holds it", async () => {
    const { platforms, single } = await makeFamily(here, repository);
    const { changes } = here.registry;
    await changes.untagImage(repository, single, "single", here.signal);
    expect(await digestsOf(here, repository)).not.toContain(single);
    const [platform = ""] = platforms;
    await changes.tagImage(repository, platform, "amd64", here.signal);
    await expect(
      changes.untagImage(repository, platform, "amd64", here.signal),
    ).rejects.toMatchObject({ failure: { kind: "image-in-index" } });
  });

  it("that nobody has any more says that there is none", async () => {
    const { single } = await makeFamily(here, repository);
    await expect(
      here.registry.changes.untagImage(repository, single, "none", here.signal),
    ).rejects.toMatchObject({ failure: { kind: "image-not-found", reference: "team/api:none" } });
  });
});
