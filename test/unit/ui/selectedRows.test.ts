import { expect, it } from "vitest";
import { selectedRows } from "../../../src/ui/selectedRows.js";

const image = { kind: "localImage" };
const dangling = { kind: "dangling" };

function rowsOf(
  target: unknown,
  selection: readonly object[],
): Promise<readonly unknown[] | undefined> {
  const views = { localImages: { view: { selection } } };
  return selectedRows(target, views as never);
}

it("are those of the view that a key names, when all are of its kinds", async () => {
  const key = { rowsOf: "ecr.localImages", kinds: ["localImage"] };
  expect(await rowsOf(key, [image, image])).toEqual([image, image]);
  expect(await rowsOf(key, [image, dangling])).toEqual([]);
});

it("mean nothing to a target that comes from no key", async () => {
  for (const target of [undefined, null, "api:dev", image]) {
    expect(await rowsOf(target, [image])).toBeUndefined();
  }
});

it("are waited for while the view reads its rows anew", async () => {
  const key = { rowsOf: "ecr.localImages", kinds: ["localImage"] };
  let looks = 0;
  const view = {
    get selection() {
      looks += 1;
      return looks < 4 ? [] : [image];
    },
  };
  expect(await selectedRows(key, { localImages: { view } } as never)).toEqual([image]);
});
