import { expect, it } from "vitest";
import { mergeSorted } from "../../../src/core/mergeSorted.js";

interface Item {
  readonly key: number;
  readonly name: string;
}

const byKey = (left: Item, right: Item): number => left.key - right.key;

it("gives what sorting all of it would, equal items in the order of their pages", () => {
  let random = 7;
  const next = (below: number): number => (random = (random * 16807) % 2147483647) % below;
  for (let round = 0; round < 50; round++) {
    let merged: readonly Item[] = [];
    const all: Item[] = [];
    for (let page = 0; page < next(8); page++) {
      const more = Array.from({ length: next(30) }, (_, index) => {
        return { key: next(40), name: `${page}-${index}` };
      });
      all.push(...more);
      merged = mergeSorted(merged, more, byKey);
    }
    expect(merged).toEqual([...all].sort(byKey));
  }
});

it("leaves both lists as they are", () => {
  const sorted = Object.freeze([{ key: 1, name: "a" }]);
  const more = Object.freeze([
    { key: 3, name: "c" },
    { key: 0, name: "b" },
  ]);
  expect(mergeSorted(sorted, more, byKey).map(({ name }) => name)).toEqual(["b", "a", "c"]);
  expect(mergeSorted(sorted, [], byKey)).toBe(sorted);
});
