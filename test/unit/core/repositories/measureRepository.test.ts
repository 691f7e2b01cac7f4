import { expect, it } from "vitest";
import {
  countNewImages,
  measureRepository,
} from "../../../../src/core/repositories/measureRepository.js";
import { digestOf } from "../../../fakes/digestOf.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";

const signal = new AbortController().signal;

it("a repository's images are counted page by page, and new ones told from old ones", async () => {
  const registry = new InMemoryRegistry();
  registry.addRepository("app");
  for (const name of ["a", "b", "c"]) {
    registry.putImage("app", { digest: digestOf(name), sizeBytes: 10 });
  }
  const counts: number[] = [];
  const note = (count: number): void => void counts.push(count);
  const before = await measureRepository(registry, "app", note, signal);
  expect(before.digests.size).toBe(3);
  expect(before.sizeBytes).toBe(30);
  expect(counts).toEqual([2, 3]);

  await registry.changes.deleteImages("app", [digestOf("a"), digestOf("b")], signal);
  const fewer = await measureRepository(registry, "app", note, signal);
  expect(countNewImages(before, fewer)).toBe(0);

  registry.putImage("app", { digest: digestOf("d") });
  const other = await measureRepository(registry, "app", note, signal);
  expect(other.digests.size).toBe(2);
  expect(countNewImages(before, other)).toBe(1);
});
