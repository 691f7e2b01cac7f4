import { expect, it } from "vitest";
import { selectedRows } from "../../../src/ui/selectedRows.js";

const image = { kind: "localImage" };
const dangling = { kind: "dangling" };

function rowsOf(target: unknown, selection: readonly object[]): readonly unknown[] | undefined {
  const views = { localImages: { view: { selection } } };
  return selectedRows(target, views as never);
}

it("are those of the view that a key names, when all are of its kinds", () => {
  const key = { rowsOf: "ecr.localImages", kinds: ["localImage"] };
  expect(rowsOf(key, [image, image])).toEqual([image, image]);
  expect(rowsOf(key, [image, dangling])).toEqual([]);
});

it("mean nothing to a target that comes from no key", () => {
  for (const target of [undefined, null, "api:dev", image]) {
    expect(rowsOf(target, [image])).toBeUndefined();
  }
});
