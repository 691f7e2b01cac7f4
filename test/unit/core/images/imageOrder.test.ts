import { describe, expect, it } from "vitest";
import {
  compareImages,
  imageOrders,
  parseImageOrder,
  sortImages,
} from "../../../../src/core/images/imageOrder.js";
import { mergeSorted } from "../../../../src/core/mergeSorted.js";
import type { Image } from "../../../../src/core/registry.js";

const atOnce = (): Promise<void> => Promise.resolve();

function image(digest: string, more: Partial<Image> = {}): Image {
  return {
    digest,
    tags: [],
    sizeBytes: undefined,
    pushedAt: undefined,
    lastPulledAt: undefined,
    mediaType: undefined,
    artifactMediaType: undefined,
    status: "active",
    ...more,
  };
}

const day = (number: number): Date => new Date(Date.UTC(2026, 0, number));
const images = [
  image("a", { tags: ["1.9.0"], pushedAt: day(3), sizeBytes: 10, lastPulledAt: day(4) }),
  image("b", { pushedAt: day(5), sizeBytes: 30 }),
  image("c", { tags: ["1.10.0", "latest"], pushedAt: day(4), sizeBytes: 20 }),
  image("d", { tags: ["main"], pushedAt: day(1), lastPulledAt: day(9) }),
  image("e", { tags: ["1.10.0-rc.1"], pushedAt: day(2), sizeBytes: 40 }),
];

describe("sortImages", () => {
  it.each([
    ["newest", "b c a e d"],
    ["tag", "a e c d b"],
    ["highest-tag", "d c e a b"],
    ["largest", "e b c a d"],
    ["last-pulled", "d a b c e"],
  ] as const)("sorts by %s, with what is not known last", async (order, expected) => {
    const sorted = await sortImages(images, order, atOnce);
    expect(sorted.map(({ digest }) => digest).join(" ")).toBe(expected);
  });

  it.each(imageOrders)("comes to the same as merging page by page by %s", async (order) => {
    let random = 3;
    const next = (below: number): number => (random = (random * 16807) % 2147483647) % below;
    for (let round = 0; round < 20; round++) {
      const all = Array.from({ length: next(300) }, (_, number) =>
        image(String(number), {
          tags: Array.from({ length: next(3) }, () => `${next(2) ? "v" : ""}1.${next(12)}.0`),
          pushedAt: day(next(20)),
          ...(next(4) ? { sizeBytes: next(50), lastPulledAt: day(next(20)) } : {}),
        }),
      );
      const compare = compareImages(order);
      let merged: readonly Image[] = [];
      for (let at = 0; at < all.length; at += 37) {
        merged = mergeSorted(merged, all.slice(at, at + 37), compare);
      }
      expect(merged).toEqual(await sortImages(all, order, atOnce));
    }
  });

  it("lets others have their turn while it compares many tags", async () => {
    const many = Array.from({ length: 20_000 }, (_, number) =>
      image(String(number), { tags: [`v${String((number * 7919) % 20_000)}`] }),
    );
    let turns = 0;
    const sorted = await sortImages(many, "tag", () => {
      turns += 1;
      return Promise.resolve();
    });
    expect(turns).toBeGreaterThan(8);
    expect(sorted.map(({ tags }) => tags[0])).toEqual(
      Array.from({ length: 20_000 }, (_, number) => `v${String(number)}`),
    );
  });
});

it("takes an order that nobody knows as the usual one", () => {
  expect(parseImageOrder("largest")).toBe("largest");
  expect(parseImageOrder("by magic")).toBe("newest");
  expect(parseImageOrder(undefined)).toBe("newest");
});
