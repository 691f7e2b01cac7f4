import { describe, expect, it } from "vitest";
import { changeEach, type ChangeAccount } from "../../../../src/core/changes/changeEach.js";
import { EcrError } from "../../../../src/core/errors.js";
import type { Image } from "../../../../src/core/registry.js";
import { digestOf } from "../../../fakes/digestOf.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";

const patience = new AbortController().signal;

function makeImages(): { registry: InMemoryRegistry; images: readonly Image[] } {
  const registry = new InMemoryRegistry();
  registry.addRepository("app");
  const images = ["a", "b", "c"].map((name) =>
    registry.putImage("app", { digest: digestOf(name) }),
  );
  return { registry, images };
}

/** Archives images, and returns the last account. */
async function archive(
  registry: InMemoryRegistry,
  images: readonly Image[],
  signal = patience,
  onAccount: () => void = () => undefined,
): Promise<ChangeAccount | undefined> {
  let last: ChangeAccount | undefined;
  const change = ({ digest }: Image): Promise<void> =>
    registry.changes.setStorageClass("app", digest, "archive", patience);
  for await (last of changeEach(images, change, signal)) onAccount();
  return last;
}

function count(account: ChangeAccount | undefined): readonly (number | undefined)[] {
  return [account?.changed.length, account?.failed.length, account?.left.length];
}

describe("changing images one by one", () => {
  it("changes all", async () => {
    const { registry, images } = makeImages();
    expect(count(await archive(registry, images))).toEqual([3, 0, 0]);
  });

  it("goes on after what is wrong with one of them, and keeps that", async () => {
    const { registry, images } = makeImages();
    const [, middle] = images;
    await registry.changes.setStorageClass("app", middle?.digest ?? "", "archive", patience);
    const account = await archive(registry, images);
    expect(count(account)).toEqual([2, 1, 0]);
    expect(account?.failed).toMatchObject([
      { image: { digest: middle?.digest }, failure: { kind: "storage-class-refused" } },
    ]);
  });

  it("ends with what is wrong with all of them", async () => {
    const { registry, images } = makeImages();
    const denied = new EcrError({ kind: "throttled", operation: "UpdateImageStorageClass" });
    const account = await archive(registry, images, patience, () => {
      registry.calls.plan("setStorageClass", () => {
        throw denied;
      });
    });
    expect(count(account)).toEqual([1, 0, 2]);
    expect(account?.error).toBe(denied);
  });

  it("ends between images when people cancel", async () => {
    const { registry, images } = makeImages();
    const controller = new AbortController();
    const account = await archive(registry, images, controller.signal, () => {
      controller.abort();
    });
    expect(count(account)).toEqual([1, 0, 2]);
    expect(account?.error).toBeUndefined();
  });
});
