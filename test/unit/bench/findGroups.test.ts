import { expect, it } from "vitest";
import { listGroups, loadGroup } from "../../bench/findGroups.js";

it("finds the groups by their files", async () => {
  expect(await listGroups()).toEqual(expect.arrayContaining(["activation", "pipeline", "size"]));
});

it("loads a group by its name", async () => {
  const { needs, measure } = await loadGroup("size");
  expect(needs).toEqual([]);
  expect(measure).toBeTypeOf("function");
});
