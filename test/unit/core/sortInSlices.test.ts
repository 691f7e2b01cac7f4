import { expect, it } from "vitest";
import { sortInSlices } from "../../../src/core/sortInSlices.js";

interface Item {
  readonly key: number;
  readonly place: number;
}

const compare = (left: Item, right: Item): number => left.key - right.key;

it.each([0, 1, 2, 1023, 1024, 1025, 2048, 3000, 10_000])(
  "sorts %d items, and keeps equal ones in their order",
  async (count) => {
    const items = Array.from({ length: count }, (_, place) => ({
      key: (place * 7919) % Math.ceil(count / 3),
      place,
    }));
    const sorted = await sortInSlices(items, compare, () => Promise.resolve());
    expect(sorted).toEqual(items.toSorted(compare));
  },
);

it("never does much between two pauses", async () => {
  const items = Array.from({ length: 20_000 }, (_, place) => ({ key: -place, place }));
  let compared = 0;
  let most = 0;
  const count = (left: Item, right: Item): number => {
    compared++;
    return compare(left, right);
  };
  const pace = (): Promise<void> => {
    most = Math.max(most, compared);
    compared = 0;
    return Promise.resolve();
  };
  await sortInSlices(items, count, pace);
  expect(Math.max(most, compared)).toBeLessThan(30_000);
});
