import { afterEach, describe, expect, it, vi } from "vitest";
import type { EcrError } from "../../../src/core/errors.js";
import { ImageList } from "../../../src/core/images/imageList.js";
import type { Image } from "../../../src/core/registry.js";
import { ACCOUNT, collect, REGION, useLocalRegistry } from "./localRegistry.js";

const here = useLocalRegistry();
const place = { account: ACCOUNT, region: REGION, repositories: 1 };
afterEach(() => {
  vi.useRealTimers();
});

describe("an image that somebody deletes while pages are read", () => {
  it("is left out where its page comes later, and nothing else is", async () => {
    const { first } = await here.control.seed({ ...place, images: 3500 });
    const all = (await collect(here.registry.listImages(first, here.signal))).flat();
    expect(all).toHaveLength(3500);
    const late = all.slice(-3).map(({ digest }) => digest);
    const found: Image[] = [];
    for await (const page of here.registry.listImages(first, here.signal)) {
      if (found.length === 0) {
        await here.registry.changes.deleteImages(first, late, here.signal);
      }
      found.push(...page);
    }
    expect(digestsOf(found)).toEqual(digestsOf(all).filter((digest) => !late.includes(digest)));
  }, 60_000);

  it("makes no page miss another image where its own page came before", async () => {
    const { first } = await here.control.seed({ ...place, images: 3500 });
    const all = (await collect(here.registry.listImages(first, here.signal))).flat();
    const early = all.slice(0, 3).map(({ digest }) => digest);
    const list = makeList(first, async (known) => {
      if (known.length === 1000) {
        await here.registry.changes.deleteImages(first, early, here.signal);
      }
    });
    await list.read();
    expect(list.failure).toBeUndefined();
    expect(new Set(digestsOf(list.images))).toEqual(new Set(digestsOf(all)));
    // Reading anew is what tells that they are gone.
    await list.read();
    expect(list.images).toHaveLength(3497);
    expect(digestsOf(list.images)).not.toEqual(expect.arrayContaining(early));
  }, 60_000);
});

it("keeps what a list knew while the network is away, and reads all when it is back", async () => {
  const { first } = await here.control.seed({ ...place, images: 3500 });
  const list = makeList(first, async (known) => {
    if (known.length === 1000) await here.control.offline();
  });
  await list.read();
  const known = list.images.length;
  expect(list.failure?.error).toMatchObject({ failure: { kind: "aws-unreachable" } });
  expect(list.isWhole).toBe(false);
  // One page may have been under way already.
  expect([1000, 2000]).toContain(known);
  await here.control.offline(false);
  const reading = list.read();
  expect(list.images).toHaveLength(known);
  await reading;
  expect(list.failure).toBeUndefined();
  expect(list.isWhole).toBe(true);
  expect(new Set(digestsOf(list.images)).size).toBe(3500);
}, 60_000);

it("tells a list that this machine's clock differs from AWS's, and by how much", async () => {
  const { first } = await here.control.seed({ ...place, images: 3 });
  const words = "Signature not yet current: 20260101T002000Z is still later than 20260101T000500Z";
  await here.control.failOperation("DescribeImages", "InvalidSignatureException", words, 400, 9);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 20 * 60_000 });
  const list = makeList(first);
  await list.read();
  const { failure } = list.failure?.error as EcrError;
  expect(failure).toEqual({ kind: "clock-skewed", aheadMinutes: 20 });
  // The clock is set, and the list is read again.
  vi.useRealTimers();
  await here.control.reset();
  await list.read();
  expect(list.failure).toBeUndefined();
  expect(list.images).toHaveLength(3);
}, 60_000);

/** A list of images; `between` is waited for after each page, before the next one is taken. */
function makeList(
  repository: string,
  between: (known: readonly Image[]) => Promise<void> = () => Promise.resolve(),
): ImageList {
  const { registry } = here;
  const known: Image[] = [];
  const slow = Object.create(registry, {
    listImages: {
      value: async function* (name: string, signal: AbortSignal) {
        for await (const page of registry.listImages(name, signal)) {
          yield page;
          known.push(...page);
          await between(known);
        }
      },
    },
  }) as typeof registry;
  return new ImageList(repository, {
    open: () => Promise.resolve(slow),
    onChange: () => undefined,
  });
}

function digestsOf(images: readonly Image[]): readonly string[] {
  return images.map(({ digest }) => digest);
}
