import { expect, it } from "vitest";
import { sortByNumber } from "../../../src/core/sortByNumber.js";

it("gives what sorting with a comparison would, equal ones in their order", () => {
  let random = 11;
  const next = (below: number): number => (random = (random * 16807) % 2147483647) % below;
  for (let round = 0; round < 60; round++) {
    const largest = [3, 5_000, 2_000_000_000][round % 3] ?? 3;
    const items = Array.from({ length: next(400) }, (_, place) => {
      // Instants in ms need more bits than one half of a word has.
      return { number: next(largest) * (round % 2 === 0 ? 1 : 4_000), place };
    });
    const expected = [...items].sort((left, right) => right.number - left.number);
    expect(sortByNumber(items, ({ number }) => number)).toEqual(expected);
  }
});

it("takes what is no sensible number as the smallest or the greatest", () => {
  const items = [-5, 7, Number.MAX_SAFE_INTEGER, 0, NaN].map((number) => ({ number }));
  const sorted = sortByNumber(items, ({ number }) => number).map(({ number }) => number);
  expect(sorted.slice(0, 2)).toEqual([Number.MAX_SAFE_INTEGER, 7]);
});

it("sorts nothing and more than a million", () => {
  expect(sortByNumber([], Number)).toEqual([]);
  const many = Array.from({ length: 2 ** 20 }, (_, place) => place);
  expect(sortByNumber(many, Number)[0]).toBe(2 ** 20 - 1);
});
