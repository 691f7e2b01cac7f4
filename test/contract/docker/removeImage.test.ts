import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { formatImageReference, parseImageReference } from "../../../src/core/imageReference.js";
import { importBaseImages } from "../../machine/baseImages.js";
import { openEngine } from "../../machine/engineApi.js";
import { testEngines } from "../engines.js";
import { buildOf, collect, engineAt, failureOf, makeFolder, patience } from "./engineUnderTest.js";

const limits = ["nofile", "nproc"].map((Name) => ({ Name, Soft: 1000, Hard: 1000 }));

describe.each(await testEngines())("removing an image of $label", ({ host, kind }) => {
  const engine = engineAt(host);
  const docker = openEngine(host);
  const left: string[] = [];
  afterAll(async () => {
    for (const id of left) await engine.removeImage(id, true, patience);
  });

  /** Builds an image that nobody else has, and names it. */
  async function buildImage(...tags: readonly string[]): Promise<{ id: string; names: string[] }> {
    const text = `FROM busybox:local\nLABEL mark=${randomUUID()}\n`;
    const folder = await makeFolder({ Dockerfile: text });
    const { result } = await collect(engine.build(buildOf(folder), patience));
    left.push(result.imageId);
    const names: string[] = [];
    for (const tag of tags) {
      const reference = parseImageReference(`registry.example/team/${randomUUID()}:${tag}`);
      await engine.tag(result.imageId, reference, patience);
      names.push(formatImageReference(reference));
    }
    return { id: result.imageId, names };
  }

  async function makeContainer(
    image: string,
  ): Promise<{ name: string; start: () => Promise<unknown> }> {
    const name = `remove-${randomUUID()}`;
    const container = await docker.createContainer({
      name,
      Image: image,
      Cmd: ["sleep", "600"],
      // Podman would raise them, which not every machine lets it do.
      HostConfig: { NetworkMode: "none", Ulimits: limits },
    });
    onTestFinished(async () => {
      await container.remove({ force: true }).catch((error: unknown) => {
        if (!/no such container|no container/i.test(String(error))) throw error;
      });
    });
    return { name, start: () => container.start() };
  }

  const findNames = async (id: string): Promise<readonly string[] | undefined> =>
    (await engine.findImage(id, patience))?.references.toSorted();

  it("takes all its names, of several repositories, and leaves other images", async () => {
    await importBaseImages(host);
    const { id } = await buildImage("a", "b");
    const other = await buildImage("c");
    await engine.removeImage(id, false, patience);
    expect(await findNames(id)).toBeUndefined();
    expect(await findNames(other.id)).toEqual(other.names);
    await engine.removeImage(id, false, patience);
  });

  it("works for one that has no name", async () => {
    await importBaseImages(host);
    const { id, names } = await buildImage("a");
    const [name = ""] = names;
    const second = await buildImage();
    await engine.tag(second.id, parseImageReference(name), patience);
    expect(await findNames(id)).toEqual([]);
    await engine.removeImage(id, false, patience);
    expect(await findNames(id)).toBeUndefined();
  });

  it("is refused while a stopped container uses it, until it is forced", async () => {
    await importBaseImages(host);
    const { id, names } = await buildImage("a", "b");
    const { name } = await makeContainer(names[0] ?? "");
    expect(await engine.listContainers(patience)).toContainEqual({
      name,
      imageId: id,
      isRunning: false,
      goesWithImage: kind === "podman",
    });
    expect(await failureOf(engine.removeImage(id, false, patience))).toMatchObject({
      kind: "image-in-use",
      containers: [name],
      by: "stopped-container",
    });
    expect(await findNames(id)).toEqual(names.toSorted());
    await engine.removeImage(id, true, patience);
    expect(await findNames(id)).toBeUndefined();
    const stays = (await engine.listContainers(patience)).some((one) => one.name === name);
    expect(stays).toBe(kind !== "podman");
  });

  it("is refused while a running container uses it, even when it is forced", async () => {
    await importBaseImages(host);
    const { id, names } = await buildImage("a", "b");
    const { name, start } = await makeContainer(names[0] ?? "");
    await start();
    for (const isForced of [false, true]) {
      expect(await failureOf(engine.removeImage(id, isForced, patience))).toMatchObject({
        kind: "image-in-use",
        containers: [name],
        by: "running-container",
      });
    }
    expect(await findNames(id)).toEqual(names.toSorted());
  });
});
