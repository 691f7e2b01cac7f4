import { beforeEach, describe, expect, it } from "vitest";
import { EcrError } from "../../../../src/core/errors.js";
import { ImageList } from "../../../../src/core/images/imageList.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";

let now: Date;
let registry: InMemoryRegistry;
let list: ImageList;
let onChange: () => void;
beforeEach(() => {
  now = new Date("2026-01-01T00:00:00Z");
  const location = { profile: undefined, region: "eu-west-1", endpoint: undefined };
  registry = new InMemoryRegistry(location, () => now);
  registry.addRepository("api");
  onChange = () => undefined;
  list = makeList();
});

function makeList(): ImageList {
  return new ImageList("api", {
    open: () => Promise.resolve(registry),
    onChange: () => {
      onChange();
    },
    now: () => now,
  });
}

function push(...tags: readonly string[]): void {
  for (const tag of tags) {
    now = new Date(now.getTime() + 60_000);
    registry.putImage("api", { digest: `sha256:${tag}`, tag, sizeBytes: tag.length });
  }
}

const shown = (): string => list.images.flatMap(({ tags }) => tags).join(" ");

describe("read", () => {
  it("shows what is read so far in order, and counts it", async () => {
    push("1.0", "3.0", "2.0");
    const seen: string[] = [];
    onChange = () => {
      seen.push(`${shown()} (${String(list.readSoFar)}) ${list.isWhole ? "whole" : "part"}`);
    };
    await list.read();
    expect(seen).toEqual([
      "3.0 1.0 (2) part",
      "2.0 3.0 1.0 (3) part",
      "2.0 3.0 1.0 (undefined) whole",
    ]);
    expect(list.readAt).toEqual(now);
  });

  it("keeps what was read before until all is read anew", async () => {
    push("a", "b", "c");
    await list.read();
    push("d");
    registry.deleteRepository("api");
    registry.addRepository("api");
    push("e", "f", "g", "h");
    const seen: string[] = [];
    onChange = () => seen.push(shown());
    await list.read();
    expect(seen).toEqual(["c b a", "c b a", "h g f e"]);
  });

  it("keeps what was read when reading anew fails, and says why", async () => {
    push("a", "b", "c");
    await list.read();
    const readAt = now;
    now = new Date(now.getTime() + 3_600_000);
    const failure = { kind: "aws-unreachable", host: "h", region: "r" } as const;
    registry.calls.plan("listImages", () => {
      throw new EcrError(failure);
    });
    await list.read();
    expect(shown()).toBe("c b a");
    expect(list.failure?.error).toMatchObject({ failure });
    expect([list.isWhole, list.readAt]).toEqual([true, readAt]);
    await list.read();
    expect([list.failure, list.readAt]).toEqual([undefined, now]);
  });

  it("keeps what it has read when it is stopped, and goes on from nothing when asked again", async () => {
    push("a", "b", "c", "d");
    onChange = () => {
      if (list.readSoFar === 2) list.stop();
    };
    await list.read();
    expect([shown(), list.isWhole, list.failure, list.readSoFar]).toEqual([
      "b a",
      false,
      undefined,
      undefined,
    ]);
    onChange = () => undefined;
    await list.read();
    expect([shown(), list.isWhole]).toEqual(["d c b a", true]);
  });

  it("takes the place of a reading that is under way", async () => {
    push("a", "b", "c");
    const first = list.read();
    const second = list.read();
    await Promise.all([first, second]);
    expect([shown(), list.isWhole]).toEqual(["c b a", true]);
  });

  it("shows an image once that is told on two pages", async () => {
    push("a", "b");
    const pages = registry.listImages.bind(registry);
    registry.listImages = async function* (repository, signal) {
      yield* pages(repository, signal);
      yield* pages(repository, signal);
    };
    await list.read();
    expect(shown()).toBe("b a");
  });
});

describe("sort", () => {
  it("puts what is there and what still comes into the new order", async () => {
    push("1.9", "1.10", "2.0", "1.1", "0.1");
    let sorting: Promise<void> | undefined;
    onChange = () => {
      sorting ??= list.sort("tag");
    };
    await list.read();
    await sorting;
    expect(shown()).toBe("0.1 1.1 1.9 1.10 2.0");
    await list.sort("highest-tag");
    expect(shown()).toBe("2.0 1.10 1.9 1.1 0.1");
  });

  it("comes to the order that was asked for last", async () => {
    push("b", "aaa", "cc");
    await list.read();
    await Promise.all([list.sort("tag"), list.sort("largest"), list.sort("newest")]);
    expect(shown()).toBe("cc aaa b");
    await Promise.all([list.sort("tag"), list.sort("largest")]);
    expect(shown()).toBe("aaa cc b");
  });
});

it("shows an image that is put in before it is read, and its tag at no other", async () => {
  push("a", "b", "c");
  await list.read();
  push("d");
  registry.putImage("api", { digest: "sha256:d", tag: "a" });
  const image = await registry.findImage("api", { tag: "d" }, new AbortController().signal);
  if (!image) throw new Error("no image");
  list.put(image);
  expect(shown()).toBe("d a c b");
  expect(list.images.map(({ digest }) => digest)).toContain("sha256:a");
  list.put(image);
  expect(shown()).toBe("d a c b");
  await list.read();
  expect(shown()).toBe("d a c b");
});

it("shows an image that is put in while others are read", async () => {
  push("a", "b", "c", "d", "e");
  const image = await registry.findImage("api", { tag: "e" }, new AbortController().signal);
  if (!image) throw new Error("no image");
  const seen: string[] = [];
  let isPut = false;
  onChange = () => {
    seen.push(shown());
    if (isPut) return;
    isPut = true;
    list.put(image);
  };
  await list.read();
  expect(seen).toEqual(["b a", "e b a", "e d c b a", "e d c b a", "e d c b a"]);
});

it("tells its pages to who keeps an index of them", async () => {
  push("a", "b", "c");
  const told: string[] = [];
  const kept = new ImageList("api", {
    open: () => Promise.resolve(registry),
    onChange: () => undefined,
    pages: {
      begin: () => told.push("begin"),
      add: (images) => told.push(images.flatMap(({ tags }) => tags).join("")),
      end: () => told.push("end"),
      leave: () => told.push("leave"),
    },
  });
  await kept.read();
  registry.calls.plan("listImages", () => {
    throw new EcrError({ kind: "throttled", operation: "DescribeImages" });
  });
  await kept.read();
  expect(told).toEqual(["begin", "ab", "c", "end", "begin", "leave"]);
});
