import { describe, expect, it } from "vitest";
import { EcrError } from "../../../../src/core/errors.js";
import {
  prepareDeletion,
  type PreparedDeletion,
} from "../../../../src/core/changes/prepareDeletion.js";
import type { Image } from "../../../../src/core/registry.js";
import { digestOf } from "../../../fakes/digestOf.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";

const signal = new AbortController().signal;
const [INDEX, OTHER, AMD64, ARM64, SINGLE, SIGNATURE] = [
  "index",
  "other index",
  "amd64",
  "arm64",
  "single",
  "signature",
].map(digestOf) as [string, string, string, string, string, string];

/** A repository with an index of two platforms, an image beside it, and a signature. */
function makeRegistry(): InMemoryRegistry {
  const registry = new InMemoryRegistry();
  registry.addRepository("app");
  registry.putImage("app", { digest: AMD64 });
  registry.putImage("app", { digest: ARM64 });
  registry.putImage("app", { digest: SINGLE, tag: "1.0" });
  registry.putImage("app", { digest: SIGNATURE });
  const platforms = { [AMD64]: "linux/amd64", [ARM64]: "linux/arm64" };
  registry.putImage("app", { digest: INDEX, tag: "multi", isIndex: true, platforms });
  return registry;
}

async function imageOf(registry: InMemoryRegistry, digest: string): Promise<Image> {
  const image = await registry.findImage("app", { digest }, signal);
  if (!image) throw new Error("the test's image is not there");
  return image;
}

/** The digests of each wave, with whether somebody chose them. */
function wavesOf({ plan }: PreparedDeletion): readonly (readonly string[])[] {
  return plan.waves.map((wave) =>
    wave.map(({ image, role }) => `${role} ${image.digest}`).toSorted(),
  );
}

describe("what a deletion takes", () => {
  it("is the index first, and then its platforms", async () => {
    const registry = makeRegistry();
    const chosen = [{ image: await imageOf(registry, INDEX) }];
    const prepared = await prepareDeletion(registry, "app", chosen, signal);
    expect(wavesOf(prepared)).toEqual([
      [`chosen ${INDEX}`],
      [`part ${AMD64}`, `part ${ARM64}`].toSorted(),
    ]);
    expect(prepared).toMatchObject({ gone: [], unread: undefined });
  });

  it("leaves a platform that has a tag of its own", async () => {
    const registry = makeRegistry();
    registry.putImage("app", { digest: ARM64, tag: "arm" });
    const chosen = [{ image: await imageOf(registry, INDEX) }];
    const prepared = await prepareDeletion(registry, "app", chosen, signal);
    expect(wavesOf(prepared)).toEqual([[`chosen ${INDEX}`], [`part ${AMD64}`]]);
  });

  it("is what stands below the row too, unless it is gone", async () => {
    const registry = makeRegistry();
    const attached = [await imageOf(registry, SIGNATURE), { ...(await imageOf(registry, SINGLE)) }];
    await registry.changes.deleteImages("app", [SINGLE], signal);
    const chosen = [{ image: await imageOf(registry, INDEX), attached }];
    const prepared = await prepareDeletion(registry, "app", chosen, signal);
    expect(wavesOf(prepared)[0]).toEqual([`chosen ${INDEX}`, `part ${SIGNATURE}`].toSorted());
  });

  it("is not what an index holds that stays", async () => {
    const registry = makeRegistry();
    const platform = { image: await imageOf(registry, AMD64), index: INDEX };
    const prepared = await prepareDeletion(registry, "app", [platform], signal);
    expect(prepared.plan).toMatchObject({
      waves: [],
      held: [{ image: { digest: AMD64 }, index: INDEX }],
    });
    const both = [platform, { image: await imageOf(registry, INDEX) }];
    const together = await prepareDeletion(registry, "app", both, signal);
    expect(together.plan.held).toEqual([]);
    expect(wavesOf(together)).toEqual([
      [`chosen ${INDEX}`],
      [`chosen ${AMD64}`, `part ${ARM64}`].toSorted(),
    ]);
  });

  it("is told with the tags of now, and without what somebody else deleted", async () => {
    const registry = makeRegistry();
    const chosen = [
      { image: await imageOf(registry, SINGLE) },
      { image: { ...(await imageOf(registry, SINGLE)), digest: OTHER } },
    ];
    registry.putImage("app", { digest: SINGLE, tag: "latest" });
    const prepared = await prepareDeletion(registry, "app", chosen, signal);
    expect(prepared.plan.waves.flat()).toMatchObject([{ image: { tags: ["1.0", "latest"] } }]);
    expect(prepared.gone).toMatchObject([{ digest: OTHER }]);
  });

  it("is what the rows tell where manifests may not be read, which is said", async () => {
    const registry = makeRegistry();
    const denied = new EcrError({
      kind: "access-denied",
      action: "ecr:BatchGetImage",
      resource: undefined,
      principal: undefined,
    });
    const chosen = [{ image: await imageOf(registry, INDEX) }];
    registry.calls.plan("readManifests", () => {
      throw denied;
    });
    const prepared = await prepareDeletion(registry, "app", chosen, signal);
    expect(wavesOf(prepared)).toEqual([[`chosen ${INDEX}`]]);
    expect(prepared.unread).toBe(denied);
  });

  it("is nothing when people leave while it is read", async () => {
    const registry = makeRegistry();
    const controller = new AbortController();
    registry.calls.plan("readManifests", () => {
      controller.abort();
    });
    const chosen = [{ image: await imageOf(registry, INDEX) }];
    await expect(prepareDeletion(registry, "app", chosen, controller.signal)).rejects.toMatchObject(
      { name: "AbortError" },
    );
  });
});
