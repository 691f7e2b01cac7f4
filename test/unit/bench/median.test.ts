import { expect, it } from "vitest";
import { median } from "../../bench/median.js";

it("takes the middle of an odd number of values, by size and not by text", () => {
  expect(median([10, 9, 100])).toBe(10);
});

it("takes the mean of the middle two of an even number of values", () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

it("leaves its input as it is", () => {
  const values = [3, 1, 2];
  median(values);
  expect(values).toEqual([3, 1, 2]);
});

it("has none of no values", () => {
  expect(() => median([])).toThrow("no values have no median");
});
