import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EcrError } from "../../../../src/core/errors.js";
import type { Image } from "../../../../src/core/registry.js";
import { ImageReading } from "../../../../src/ui/explorer/imageReading.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";

const PAGE = 100;
const IMAGES = 250;

/** A registry whose pages come one by one, as over a network. */
class PagewiseRegistry extends InMemoryRegistry {
  override async *listImages(
    repository: string,
    signal: AbortSignal,
  ): AsyncGenerator<readonly Image[], void> {
    for await (const page of super.listImages(repository, signal)) {
      await delay(1);
      yield page;
    }
  }
}

let registry: InMemoryRegistry;
let more: number;
beforeEach(() => {
  let minutes = 0;
  const location = { profile: undefined, region: "eu-west-1", endpoint: undefined };
  registry = new PagewiseRegistry(location, () => new Date(Date.UTC(2026, 0, 1, 0, minutes)), PAGE);
  registry.addRepository("api");
  for (; minutes < IMAGES; minutes += 1) {
    registry.putImage("api", { digest: `sha256:${minutes}`, tag: `t${minutes}` });
  }
  more = 0;
});

const readings: ImageReading[] = [];
afterEach(() => {
  for (const reading of readings.splice(0)) reading.stop();
});

function read(opened: Promise<InMemoryRegistry> = Promise.resolve(registry)): ImageReading {
  const ports = { open: () => opened, repository: "api", onMore: () => (more += 1) };
  const reading = new ImageReading(ports);
  readings.push(reading);
  return reading;
}

describe("ImageReading", () => {
  it("shows the newest hundred, and a hundred more each time", async () => {
    const reading = read();
    await expect.poll(() => reading.isComplete).toBe(true);
    expect(reading.total).toBe(IMAGES);
    expect(reading.shown).toHaveLength(100);
    expect(reading.shown[0]?.tags).toEqual(["t249"]);
    reading.showMore();
    reading.showMore();
    expect(reading.shown).toHaveLength(IMAGES);
    // Two further pages and the end, told at once.
    await expect.poll(() => more).toBe(1);
    expect(reading.failure).toBeUndefined();
  });

  it("begins with the end of a list that has one page", async () => {
    registry.addRepository("small");
    registry.putImage("small", { digest: "sha256:1", tag: "only" });
    const open = () => Promise.resolve(registry);
    const reading = new ImageReading({ open, repository: "small", onMore: () => (more += 1) });
    await reading.begun;
    expect(reading.isComplete).toBe(true);
    expect(reading.total).toBe(1);
  });

  it("has begun once the first page is there", async () => {
    const reading = read();
    await reading.begun;
    expect(reading.total).toBeGreaterThanOrEqual(PAGE);
  });

  it("keeps what it has when a later page fails, and says why", async () => {
    const broken = new EcrError({ kind: "throttled", operation: "DescribeImages" });
    const reading = read();
    await reading.begun;
    registry.calls.plan("listImages", () => {
      throw broken;
    });
    await expect.poll(() => reading.failure).toEqual({ error: broken });
    expect(reading.isComplete).toBe(false);
    expect(reading.total % PAGE).toBe(0);
    expect(reading.total).toBeGreaterThan(0);
  });

  it("begins with a failure when the registry can't be opened", async () => {
    const error = new Error("chunk is missing");
    const reading = read(Promise.reject(error));
    await reading.begun;
    expect(reading.failure).toEqual({ error });
    expect(reading.shown).toEqual([]);
    expect(more).toBe(0);
  });

  it("reports nothing any more once it was stopped", async () => {
    const reading = read();
    await reading.begun;
    reading.stop();
    const before = more;
    await delay(700);
    expect(more).toBe(before);
    expect([reading.failure, reading.isComplete]).toEqual([undefined, false]);
  });

  it("folds the platforms of an index once its manifest is read, in one call", async () => {
    registry.putImage("api", { digest: "sha256:amd" });
    registry.putImage("api", { digest: "sha256:arm" });
    const platforms = { "sha256:amd": "linux/amd64", "sha256:arm": "linux/arm64" };
    registry.putImage("api", { digest: "sha256:all", tag: "all", isIndex: true, platforms });
    const reading = read();
    await expect.poll(() => reading.isComplete).toBe(true);
    const family = await reading.readFamily("sha256:all");
    expect(family?.platforms.map(({ entry }) => entry.platform)).toEqual([
      "linux/amd64",
      "linux/arm64",
    ]);
    const digests = reading.families.map(({ image }) => image.digest);
    expect(digests).toContain("sha256:all");
    expect(digests).not.toContain("sha256:amd");
    expect(reading.shown).toHaveLength(100);
    const calls = registry.calls.names.filter((name) => name === "readManifests");
    expect(calls).toHaveLength(1);
  });

  it("shows all rows where manifests may not be read, and says why at the index", async () => {
    registry.putImage("api", { digest: "sha256:all", tag: "all", isIndex: true });
    const failure = { kind: "access-denied", action: "ecr:BatchGetImage" } as const;
    registry.readManifests = () =>
      Promise.reject(new EcrError({ ...failure, principal: undefined, resource: undefined }));
    const reading = read();
    await expect.poll(() => reading.isComplete).toBe(true);
    await expect(reading.readFamily("sha256:all")).rejects.toMatchObject({ failure });
    expect(reading.families).toHaveLength(100);
    expect(reading.failure).toBeUndefined();
  });

  it("keeps its rows while they are read anew, and shows what others pushed", async () => {
    const reading = read();
    await expect.poll(() => reading.isComplete).toBe(true);
    registry.putImage("api", { digest: "sha256:new", tag: "new" });
    const seen: (string | undefined)[] = [];
    const anew = reading.readAnew();
    seen.push(reading.shown[0]?.tags[0]);
    expect(reading.shown).toHaveLength(100);
    await anew;
    seen.push(reading.shown[0]?.tags[0]);
    expect(seen).toEqual(["t249", "new"]);
  });

  it("leaves out an image that somebody deleted meanwhile, and keeps the others", async () => {
    const reading = read();
    await expect.poll(() => reading.isComplete).toBe(true);
    registry.deleteRepository("api");
    registry.addRepository("api");
    registry.putImage("api", { digest: "sha256:7", tag: "t7" });
    await reading.readAnew();
    expect(reading.shown.map(({ digest }) => digest)).toEqual(["sha256:7"]);
  });

  it("shows what fits a filter, and begins with a hundred of it", async () => {
    const reading = read();
    await expect.poll(() => reading.isComplete).toBe(true);
    reading.showMore();
    reading.setFilter(" T24 ");
    expect(reading.shown.flatMap(({ tags }) => tags)).toEqual([
      ..."9876543210".split("").map((last) => `t24${last}`),
      "t24",
    ]);
    expect([reading.filter, reading.total, reading.known]).toEqual(["T24", 11, IMAGES]);
    reading.setFilter("");
    expect(reading.shown).toHaveLength(100);
  });

  it("comes in another order, from its beginning", async () => {
    const reading = read();
    await expect.poll(() => reading.isComplete).toBe(true);
    reading.showMore();
    await reading.sort("tag");
    expect(reading.shown.slice(0, 3).flatMap(({ tags }) => tags)).toEqual(["t0", "t1", "t2"]);
    expect(reading.shown).toHaveLength(100);
    expect(reading.order).toBe("tag");
  });

  it("shows an image that was found far down, or that is not read yet", async () => {
    const reading = read();
    await expect.poll(() => reading.isComplete).toBe(true);
    expect(await reading.find("sha256:3")).toBe(true);
    expect(reading.shown.at(-1)?.digest).toBe("sha256:3");
    expect(reading.shown).toHaveLength(101);
    registry.putImage("api", { digest: "sha256:new", tag: "new" });
    expect(await reading.find("sha256:new")).toBe(true);
    expect(reading.shown[0]?.digest).toBe("sha256:new");
    expect(await reading.find("sha256:gone")).toBe(false);
  });

  it("clears a filter that hides what was found", async () => {
    const reading = read();
    await expect.poll(() => reading.isComplete).toBe(true);
    reading.setFilter("t24");
    await reading.find("sha256:245");
    expect(reading.filter).toBe("t24");
    await reading.find("sha256:3");
    expect([reading.filter, reading.shown.at(-1)?.digest]).toEqual(["", "sha256:3"]);
  });

  it("keeps what it has read when somebody stops it, and reads all when asked again", async () => {
    const reading = read();
    await reading.begun;
    reading.stopReading();
    const stoppedAt = reading.total;
    expect([reading.isComplete, reading.readSoFar]).toEqual([false, undefined]);
    expect(stoppedAt).toBeGreaterThan(0);
    await reading.readAnew();
    expect([reading.isComplete, reading.total]).toEqual([true, IMAGES]);
  });
});
