import { beforeEach, describe, expect, it } from "vitest";
import { makeReferenceFromUri } from "../../../src/core/imageReference.js";
import type { LocalImage } from "../../../src/core/enginePorts.js";
import {
  checkTags,
  findLocalImage,
  findOrCreate,
  findSource,
  isThere,
} from "../../../src/core/pushPreflight.js";
import { digestOf } from "../../fakes/digestOf.js";
import { PushRig, requestOf } from "./pushRig.js";

let rig: PushRig;
let signal: AbortSignal;
beforeEach(() => {
  rig = new PushRig();
  signal = rig.cancel.signal;
});

function localImage(...digests: string[]): LocalImage {
  return {
    id: digestOf("local"),
    references: [],
    digests,
    sizeBytes: 0,
    createdAt: new Date(0),
    platform: undefined,
  };
}

describe("findSource", () => {
  it("has nothing to find for a Dockerfile", async () => {
    expect(await findSource(rig.engine, requestOf().source, signal)).toBeUndefined();
    expect(rig.engine.calls.names).toEqual([]);
  });

  it("finds a local image by its name and by its id", async () => {
    const id = rig.engine.load(["a"], "docker.io/library/api:1");
    for (const image of [id, "docker.io/library/api:1"]) {
      const found = await findSource(rig.engine, { kind: "local-image", image }, signal);
      expect(found?.id).toBe(id);
    }
  });
});

describe("findLocalImage", () => {
  it("names the image that is not there", async () => {
    await expect(findLocalImage(rig.engine, "api:gone", signal)).rejects.toMatchObject({
      failure: { kind: "image-not-found", reference: "api:gone" },
    });
  });
});

describe("findOrCreate", () => {
  it("leaves a repository that exists as it is", async () => {
    const repository = rig.registry.addRepository("team/api");
    const request = { ...requestOf(), create: { tagMutability: "immutable" } } as const;
    const found = await findOrCreate(rig.registry, request, signal);
    expect(found).toEqual({ repository, wasCreated: false });
    expect(rig.registry.calls.names).toEqual(["findRepository"]);
  });

  it.each(["mutable", "immutable"] as const)("creates a repository as %s", async (wanted) => {
    const request = { ...requestOf(), create: { tagMutability: wanted } };
    const { repository, wasCreated } = await findOrCreate(rig.registry, request, signal);
    expect(wasCreated).toBe(true);
    expect(repository).toMatchObject({ name: "team/api", tagMutability: { default: wanted } });
  });

  it("does not create what it was not asked to", async () => {
    await expect(findOrCreate(rig.registry, requestOf(), signal)).rejects.toMatchObject({
      failure: { kind: "repository-not-found", repository: "team/api" },
    });
    expect(rig.registry.calls.names).not.toContain("createRepository");
  });
});

describe("checkTags", () => {
  it("returns the images of the tags that are taken", async () => {
    const repository = rig.registry.addRepository("team/api");
    rig.registry.putImage("team/api", { digest: digestOf("a"), tag: "1.0" });
    const before = await checkTags(rig.registry, repository, ["1.0", "2.0"], undefined, signal);
    expect([...before].map(([tag, image]) => [tag, image.digest])).toEqual([
      ["1.0", digestOf("a")],
    ]);
  });

  it("refuses an immutable tag of another image, and takes it for the same one", async () => {
    const repository = rig.registry.addRepository("team/api", {
      default: "immutable",
      exclusions: [],
    });
    rig.registry.putImage("team/api", { digest: digestOf("a"), tag: "1.0" });
    const check = (local: LocalImage | undefined): Promise<unknown> =>
      checkTags(rig.registry, repository, ["1.0"], local, signal);
    const failure = { kind: "tag-immutable", repository: "team/api", tag: "1.0" };
    await expect(check(undefined)).rejects.toMatchObject({ failure });
    await expect(check(localImage(`${repository.uri}@${digestOf("b")}`))).rejects.toMatchObject({
      failure,
    });
    await expect(check(localImage(`other/api@${digestOf("a")}`))).rejects.toMatchObject({
      failure,
    });
    await expect(check(localImage(`${repository.uri}@${digestOf("a")}`))).resolves.toHaveProperty(
      "size",
      1,
    );
  });
});

describe("isThere", () => {
  it("returns the digest only when tag and image agree in this very repository", async () => {
    const repository = rig.registry.addRepository("team/api");
    rig.registry.putImage("team/api", { digest: digestOf("a"), tag: "1.0" });
    const before = await checkTags(rig.registry, repository, ["1.0"], undefined, signal);
    const at = (tag: string, image: LocalImage): string | undefined =>
      isThere(makeReferenceFromUri(repository.uri, { tag }), before, repository, image);
    const same = localImage(`${repository.uri}@${digestOf("a")}`);
    expect(at("1.0", same)).toBe(digestOf("a"));
    expect(at("2.0", same)).toBeUndefined();
    expect(at("1.0", localImage())).toBeUndefined();
    expect(at("1.0", localImage(`${repository.uri}2@${digestOf("a")}`))).toBeUndefined();
  });
});
