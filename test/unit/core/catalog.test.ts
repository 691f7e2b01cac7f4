import { beforeEach, describe, expect, it } from "vitest";
import {
  type Listing,
  nothingRead,
  readImages,
  readRepositories,
} from "../../../src/core/catalog.js";
import { EcrError } from "../../../src/core/errors.js";
import { InMemoryRegistry } from "../../fakes/inMemoryRegistry.js";

let now: Date;
let registry: InMemoryRegistry;
let cancel: AbortController;
beforeEach(() => {
  now = new Date("2026-01-01T00:00:00Z");
  const location = { profile: undefined, region: "eu-west-1", endpoint: undefined };
  registry = new InMemoryRegistry(location, () => now);
  cancel = new AbortController();
});

async function collect<T>(listings: AsyncIterable<Listing<T>>): Promise<Listing<T>[]> {
  const all: Listing<T>[] = [];
  for await (const listing of listings) all.push(listing);
  return all;
}

describe("readRepositories", () => {
  it("yields what is read so far after each page, by name", async () => {
    ["web", "api", "jobs", "batch", "base"].forEach((name) => registry.addRepository(name));
    const listings = await collect(readRepositories(registry, cancel.signal));
    expect(
      listings.map(({ items, isComplete }) => [
        items.map(({ name }) => name).join(" "),
        isComplete,
      ]),
    ).toEqual([
      ["api web", false],
      ["api batch jobs web", false],
      ["api base batch jobs web", false],
      ["api base batch jobs web", true],
    ]);
  });

  it("ends with an empty, complete list where there is nothing", async () => {
    const listings = await collect(readRepositories(registry, cancel.signal));
    expect(listings.at(-1)).toEqual({ items: [], isComplete: true });
    expect(nothingRead.isComplete).toBe(false);
  });

  it("reads no page that nobody asks for", async () => {
    ["a1", "a2", "a3"].forEach((name) => registry.addRepository(name));
    for await (const listing of readRepositories(registry, cancel.signal)) {
      expect(listing.items).toHaveLength(2);
      break;
    }
    expect(registry.calls.names).toEqual(["listRepositories"]);
  });

  it("stops when it is cancelled", async () => {
    ["a1", "a2", "a3"].forEach((name) => registry.addRepository(name));
    const reading = async (): Promise<void> => {
      for await (const listing of readRepositories(registry, cancel.signal)) {
        expect(listing.isComplete).toBe(false);
        cancel.abort();
      }
    };
    await expect(reading()).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("readImages", () => {
  it("puts the newest first, across pages", async () => {
    registry.addRepository("api");
    for (const [minute, tag] of ["b", "d", "a", "c"].entries()) {
      now = new Date(Date.UTC(2026, 0, 1, 0, minute));
      registry.putImage("api", { digest: `sha256:${tag}`, tag });
    }
    const listings = await collect(readImages(registry, "api", cancel.signal));
    const tags = listings.map(({ items }) => items.flatMap((image) => image.tags).join(""));
    expect(tags).toEqual(["db", "cadb", "cadb"]);
    expect(listings.map(({ isComplete }) => isComplete)).toEqual([false, false, true]);
  });

  it("fails as the registry does, after what it has read", async () => {
    registry.addRepository("api");
    for (const tag of ["a", "b", "c"]) registry.putImage("api", { digest: tag, tag });
    const seen: number[] = [];
    const reading = async (): Promise<void> => {
      for await (const { items } of readImages(registry, "api", cancel.signal)) {
        seen.push(items.length);
        registry.calls.plan("listImages", () => {
          throw new EcrError({ kind: "throttled", operation: "DescribeImages" });
        });
      }
    };
    await expect(reading()).rejects.toMatchObject({ failure: { kind: "throttled" } });
    expect(seen).toEqual([2]);
  });

  it("says that the repository is gone", async () => {
    await expect(collect(readImages(registry, "gone", cancel.signal))).rejects.toMatchObject({
      failure: { kind: "repository-not-found", repository: "gone" },
    });
  });
});
