import { expect, it } from "vitest";
import { interleave } from "../../bench/interleave.js";

it("measures in turns, and each goes first as often as the other", async () => {
  const order: string[] = [];
  const measure = (name: string, value: number) => (): Promise<number> => {
    order.push(name);
    return Promise.resolve(value);
  };
  const pairs = await interleave(4, measure("ours", 1), measure("peer", 2));
  expect(order).toEqual(["ours", "peer", "peer", "ours", "ours", "peer", "peer", "ours"]);
  expect(pairs).toEqual(Array.from({ length: 4 }, () => ({ ours: 1, peer: 2 })));
});
