import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { formatImageReference, parseImageReference } from "../../../src/core/imageReference.js";
import { testEngines } from "../engines.js";
import { buildOf, collect, engineAt, failureOf, makeFolder, patience } from "./engineUnderTest.js";

describe.each(await testEngines())("the images of $label", ({ host }) => {
  const engine = engineAt(host);

  async function buildImage(): Promise<string> {
    const folder = await makeFolder({ Dockerfile: `FROM scratch\nLABEL mark=${randomUUID()}\n` });
    return (await collect(engine.build(buildOf(folder), patience))).result.imageId;
  }

  it("get a name, lose it to another image, and lose it for good", async () => {
    const first = await buildImage();
    const second = await buildImage();
    const moving = parseImageReference(`registry.example/team/${randomUUID()}:v1`);
    const staying = { ...moving, tag: "first" };
    const name = formatImageReference(moving);
    await engine.tag(first, staying, patience);
    await engine.tag(first, moving, patience);
    expect((await engine.findImage(name, patience))?.id).toBe(first);
    await engine.tag(second, moving, patience);
    expect((await engine.findImage(name, patience))?.id).toBe(second);
    await engine.tag(first, moving, patience);

    await engine.untag(moving, patience);
    expect(await engine.findImage(name, patience)).toBeUndefined();
    expect((await engine.findImage(first, patience))?.references).toEqual([
      formatImageReference(staying),
    ]);
    await engine.untag(moving, patience);
    await engine.untag(staying, patience);
  });

  it("are listed with their names and sizes, the newest first", async () => {
    const imageId = await buildImage();
    const reference = parseImageReference(`registry.example/team/${randomUUID()}:v1`);
    await engine.tag(imageId, reference, patience);
    const images = await engine.listImages(patience);
    expect(images.find((image) => image.id === imageId)).toMatchObject({
      references: [formatImageReference(reference)],
      createdAt: expect.any(Date) as Date,
    });
    const times = images.map((image) => image.createdAt.getTime());
    expect(times).toEqual([...times].sort((a, b) => b - a));
    await engine.untag(reference, patience);
  });

  it("that are not there are not found, and get no name", async () => {
    expect(await engine.findImage(`nowhere/${randomUUID()}`, patience)).toBeUndefined();
    const reference = parseImageReference("registry.example/team/none:v1");
    const imageId = `sha256:${"0".repeat(64)}`;
    expect(await failureOf(engine.tag(imageId, reference, patience))).toEqual({
      kind: "image-not-found",
      reference: imageId,
    });
  });
});
