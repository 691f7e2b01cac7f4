import { beforeEach, expect, it } from "vitest";
import { EcrError } from "../../../../src/core/errors.js";
import { ImageIndex } from "../../../../src/core/images/imageIndex.js";
import {
  readForSearch,
  type ReadForSearchPorts,
} from "../../../../src/core/images/readForSearch.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";

let registry: InMemoryRegistry;
let index: ImageIndex;
let clockMs: number;
let failed: string[];
let read: string[];
beforeEach(() => {
  registry = new InMemoryRegistry();
  index = new ImageIndex();
  clockMs = 1_000_000;
  failed = [];
  read = [];
  for (let number = 0; number < 12; number++) {
    const name = `repo-${String(number)}`;
    registry.addRepository(name);
    for (const tag of ["a", "b", "c"]) {
      registry.putImage(name, { digest: `sha256:${name}-${tag}`, tag });
    }
  }
  const list = registry.listImages.bind(registry);
  registry.listImages = (name, signal) => {
    read.push(name);
    return list(name, signal);
  };
});

const noStop = new AbortController().signal;

function ports(more: Partial<ReadForSearchPorts> = {}): ReadForSearchPorts {
  return {
    index,
    open: () => Promise.resolve(registry),
    isWanted: () => false,
    onProgress: () => undefined,
    onFailure: ({ repository }) => failed.push(repository.name),
    now: () => clockMs,
    ...more,
  };
}

async function addAll(): Promise<void> {
  for await (const page of registry.listRepositories(noStop)) {
    index.addRepositories(registry.location, page);
  }
}

it("reads every repository once, those that are wanted first", async () => {
  await addAll();
  await readForSearch(ports({ isWanted: (name) => /-(7|9|11|5)$/.test(name) }), noStop);
  expect(read.slice(0, 4).sort()).toEqual(["repo-11", "repo-5", "repo-7", "repo-9"]);
  expect([...read].sort()).toEqual([...new Set(read)].sort());
  expect(index.progress).toEqual({ known: 12, read: 12, images: 36 });
  read = [];
  await readForSearch(ports(), noStop);
  expect(read).toEqual([]);
});

it("never reads more than four at once", async () => {
  await addAll();
  let underWay = 0;
  let most = 0;
  const list = registry.listImages.bind(registry);
  registry.listImages = async function* (name, signal) {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setTimeout(resolve));
    yield* list(name, signal);
    underWay -= 1;
  };
  await readForSearch(ports(), noStop);
  expect(most).toBe(4);
});

it("passes over what it can't read", async () => {
  await addAll();
  registry.calls.plan("listImages", () => {
    throw new EcrError({ kind: "throttled", operation: "DescribeImages" });
  });
  await readForSearch(ports(), noStop);
  expect(failed).toHaveLength(1);
  expect(index.progress.read).toBe(12);
  expect(index.progress.images).toBe(33);
});

it("reads again what was read long ago, and keeps what it knew meanwhile", async () => {
  await addAll();
  await readForSearch(ports(), noStop);
  clockMs += 6 * 60_000;
  read = [];
  const known: number[] = [];
  await readForSearch(ports({ onProgress: () => known.push(index.progress.images) }), noStop);
  expect(read).toHaveLength(12);
  expect(Math.min(...known)).toBe(36);
});

it("stops when nobody waits, and begins those anew next time that it left", async () => {
  await addAll();
  const cancel = new AbortController();
  const stopped = readForSearch(
    ports({
      onProgress: () => {
        cancel.abort();
      },
    }),
    cancel.signal,
  );
  await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
  await readForSearch(ports(), noStop);
  expect(index.progress).toEqual({ known: 12, read: 12, images: 36 });
});

it("forgets repositories and registries that are not there any more", async () => {
  await addAll();
  const [first] = index.repositories;
  if (!first) throw new Error("no repository");
  index.setRepositories(registry.location, [first.repository]);
  expect(index.progress.known).toBe(1);
  index.keepRegistries([]);
  expect(index.progress.known).toBe(0);
});
