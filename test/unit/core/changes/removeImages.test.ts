import { expect, it } from "vitest";
import { isCancellation } from "../../../../src/core/errors.js";
import { removeImages } from "../../../../src/core/changes/removeImages.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";
import { ScriptedEngine } from "../../../fakes/scriptedEngine.js";

const never = new AbortController().signal;

async function makeEngine(): Promise<{
  engine: ScriptedEngine;
  all: { image: Awaited<ReturnType<ScriptedEngine["listImages"]>>[number]; isForced: boolean }[];
}> {
  const engine = new ScriptedEngine(new InMemoryRegistry());
  for (const name of ["a", "b", "c"]) engine.load([name], `${name}:1`);
  const images = await engine.listImages(never);
  return { engine, all: images.map((image) => ({ image, isForced: false })) };
}

it("removes what it can, and says why the rest stays", async () => {
  const { engine, all } = await makeEngine();
  const [, second] = all;
  engine.containers = [
    { name: "web", imageId: second?.image.id ?? "", isRunning: true, goesWithImage: false },
  ];
  const done: number[] = [];
  const outcome = await removeImages(engine, all, (count) => done.push(count), never);
  expect(outcome.removed.flatMap(({ references }) => references)).toEqual(["a:1", "c:1"]);
  expect(outcome.kept).toMatchObject([
    { image: { references: ["b:1"] }, error: { failure: { kind: "image-in-use" } } },
  ]);
  expect(engine.names.map(([name]) => name)).toEqual(["b:1"]);
  expect(done).toEqual([0, 1, 2]);
});

it("ends between two images when it is cancelled", async () => {
  const { engine, all } = await makeEngine();
  const cancel = new AbortController();
  const report = (count: number): void => {
    if (count === 1) cancel.abort();
  };
  await expect(removeImages(engine, all, report, cancel.signal)).rejects.toSatisfy(isCancellation);
  expect(engine.names.map(([name]) => name)).toEqual(["b:1", "c:1"]);
});
