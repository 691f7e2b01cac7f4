import { beforeEach, describe, expect, it } from "vitest";
import { findImages } from "../../../../src/core/images/findImages.js";
import { ImageIndex } from "../../../../src/core/images/imageIndex.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";

const noStop = new AbortController().signal;
const atOnce = (): Promise<void> => Promise.resolve();
const digest = (start: string): string => `sha256:${start.padEnd(64, "0")}`;

let index: ImageIndex;
beforeEach(async () => {
  index = new ImageIndex();
  await add("eu-west-1", "team/api", { a1b2c3d4: ["1.4.0", "latest"], b2: ["1.4.0-rc.1"] });
  await add("eu-west-1", "team/api-gateway", { c3: ["0.1.4"], d4: [] });
  await add("us-east-1", "web", { e5: ["sha-9f2c4e1", "Release-7"], a1b2ffff: ["main"] });
});

async function add(
  region: string,
  name: string,
  images: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  const location = { profile: "dev", region, endpoint: undefined };
  const registry = new InMemoryRegistry(location, () => new Date(), 1);
  const repository = registry.addRepository(name);
  for (const [start, tags] of Object.entries(images)) {
    registry.putImage(name, { digest: digest(start) });
    for (const tag of tags) registry.putImage(name, { digest: digest(start), tag });
  }
  index.addRepositories(location, [repository]);
  const sink = index.sink({ location, repository });
  sink.begin();
  for await (const page of registry.listImages(name, noStop)) sink.add(page);
  sink.end();
}

async function find(typed: string, commits?: ReadonlyMap<string, string>): Promise<string[]> {
  const options = { index, pace: atOnce, ...(commits ? { commits } : {}) };
  const { matches } = await findImages(typed, options, noStop);
  return matches.map(
    ({ place, image, rank }) =>
      `${String(rank)} ${place.repository.name}${image ? `:${image.tags.join(",") || image.digest.slice(7, 11)}` : ""}`,
  );
}

describe("findImages", () => {
  it.each([
    ["a name", "web", ["0 web"]],
    ["the last part of a name", "api", ["0 team/api", "1 team/api-gateway"]],
    ["a part of a name", "gate", ["2 team/api-gateway"]],
    ["a tag, the exact one first", "1.4.0", ["0 team/api:1.4.0,latest", "1 team/api:1.4.0-rc.1"]],
    [
      "a part of a tag",
      "1.4",
      ["1 team/api:1.4.0,latest", "1 team/api:1.4.0-rc.1", "2 team/api-gateway:0.1.4"],
    ],
    ["capitals as small letters", "RELEASE", ["1 web:sha-9f2c4e1,Release-7"]],
    ["a tag in a repository", "api:rc", ["2 team/api:1.4.0-rc.1"]],
    ["a tag in a repository, with a space", "gateway 1.4", ["2 team/api-gateway:0.1.4"]],
    [
      "all of a repository",
      "team/api-gateway:",
      ["0 team/api-gateway", "1 team/api-gateway:0.1.4"],
    ],
    ["a whole reference", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:main", ["0 web:main"]],
    ["a local reference", "localhost:5000/web:main", ["0 web:main"]],
    ["the beginning of a digest", "a1b2", ["1 team/api:1.4.0,latest", "1 web:main"]],
    ["an image without tags by its digest", "sha256:d4", ["1 team/api-gateway:d400"]],
    ["a digest in a repository", `web@${digest("a1b2ffff")}`, ["0 web:main"]],
    ["a commit by its tag", "9f2c4e1", ["2 web:sha-9f2c4e1,Release-7"]],
    [
      "a commit in full by its short tag",
      "9f2c4e1b00000000000000000000000000000000",
      ["0 web:sha-9f2c4e1,Release-7"],
    ],
    ["what is nowhere", "nothing", []],
    ["nothing yet", "", ["1 team/api", "1 team/api-gateway", "1 web"]],
  ])("finds by %s", async (_, typed, expected) => {
    expect((await find(typed)).sort()).toEqual([...expected].sort());
  });

  it("puts the best first", async () => {
    const ranks = (await find("1.4")).map((found) => found[0]);
    expect(ranks).toEqual([...ranks].sort());
    expect((await find("api"))[0]).toBe("0 team/api");
  });

  it("finds by the commit that an image is known to be of", async () => {
    const commits = new Map([[digest("e5"), "77aa11bb22cc"]]);
    expect(await find("77aa11", commits)).toEqual(["0 web:sha-9f2c4e1,Release-7"]);
    expect(await find("77aa11")).toEqual([]);
  });

  it("tells no more than so many, and that there are more", async () => {
    const found = await findImages("1.4", { index, pace: atOnce, most: 2 }, noStop);
    expect([found.matches.length, found.isMore]).toEqual([2, true]);
    expect(found.matches.every(({ rank }) => rank === 1)).toBe(true);
    const all = await findImages("1.4", { index, pace: atOnce, most: 3 }, noStop);
    expect([all.matches.length, all.isMore]).toEqual([3, false]);
  });

  it("lets others have their turn in a long list, and stops when nobody waits", async () => {
    const location = { profile: "dev", region: "eu-west-1", endpoint: undefined };
    const repository = new InMemoryRegistry(location).addRepository("large");
    const sink = index.sink({ location, repository });
    sink.begin();
    const image = { ...(await firstImage()), tags: ["same"] };
    for (let page = 0; page < 30; page++) sink.add(Array.from({ length: 1000 }, () => image));
    sink.end();
    let turns = 0;
    const cancel = new AbortController();
    const pace = (): Promise<void> => {
      turns += 1;
      if (turns === 3) cancel.abort();
      return Promise.resolve();
    };
    await expect(findImages("x", { index, pace }, cancel.signal)).rejects.toMatchObject({
      name: "AbortError",
    });
    expect(turns).toBe(3);
  });
});

async function firstImage() {
  const registry = new InMemoryRegistry();
  registry.addRepository("one");
  registry.putImage("one", { digest: digest("1"), tag: "t" });
  const image = await registry.findImage("one", { tag: "t" }, noStop);
  if (!image) throw new Error("no image");
  return image;
}
