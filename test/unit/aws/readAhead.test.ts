import { expect, it } from "vitest";
import { type Page, readAhead } from "../../../src/aws/readAhead.js";
import { EcrError } from "../../../src/core/errors.js";

/** Answers with numbered pages, the last without a token, and notes what was asked and aborted. */
class Pages {
  readonly asked: (string | undefined)[] = [];
  aborted = 0;

  constructor(
    private readonly count: number,
    private readonly failsAt = Infinity,
  ) {}

  readonly ask = (token: string | undefined, signal: AbortSignal): Promise<Page<number>> => {
    this.asked.push(token);
    signal.addEventListener("abort", () => this.aborted++);
    const page = Number(token ?? "0");
    if (page >= this.failsAt) return Promise.reject(new Error(`page ${page}`));
    const nextToken = page + 1 < this.count ? String(page + 1) : undefined;
    return Promise.resolve({ items: [page], nextToken });
  };
}

const never = new AbortController().signal;

it("yields every page in order and asks once for each", async () => {
  const pages = new Pages(3);
  const items: number[] = [];
  for await (const page of readAhead(pages.ask, never, { keyOf: String })) items.push(...page);
  expect(items).toEqual([0, 1, 2]);
  expect(pages.asked).toEqual([undefined, "1", "2"]);
});

it("asks for the next page while one is used, and no further", async () => {
  const pages = new Pages(5);
  for await (const page of readAhead(pages.ask, never, { keyOf: String })) {
    expect(page).toEqual([0]);
    expect(pages.asked).toEqual([undefined, "1"]);
    break;
  }
  expect(pages.aborted).toBe(2);
  expect(pages.asked).toHaveLength(2);
});

it("fails when the page that failed is due", async () => {
  const seen: number[] = [];
  const read = async (): Promise<void> => {
    for await (const page of readAhead(new Pages(3, 1).ask, never, { keyOf: String })) {
      seen.push(...page);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await expect(read()).rejects.toThrow("page 1");
  expect(seen).toEqual([0]);
});

/** Answers with pages of two numbers, of which the failures come once each, in their order. */
function failing(...failures: readonly (readonly [page: number, error: Error])[]) {
  const left = [...failures];
  const asked: string[] = [];
  const ask = (token = "0"): Promise<Page<string>> => {
    asked.push(token);
    const page = Number(token);
    const [next] = left;
    if (next?.[0] === page) {
      left.shift();
      return Promise.reject(next[1]);
    }
    const items = [`${token}a`, `${token}b`];
    return Promise.resolve({ items, nextToken: page < 2 ? String(page + 1) : undefined });
  };
  return { ask, asked };
}

async function readAll(ask: (token?: string) => Promise<Page<string>>): Promise<string[]> {
  const items: string[] = [];
  const options = { keyOf: (item: string) => item, waitsMs: [0, 0] };
  for await (const page of readAhead(ask, never, options)) items.push(...page);
  return items;
}

const ALL = ["0a", "0b", "1a", "1b", "2a", "2b"];
const expired = new EcrError({ kind: "page-expired", operation: "DescribeImages" });
const throttled = new EcrError({ kind: "throttled", operation: "DescribeImages" });

it("begins a list anew that AWS has forgotten, and yields nothing twice", async () => {
  const { ask, asked } = failing([2, expired], [1, expired]);
  expect(await readAll(ask)).toEqual(ALL);
  expect(asked).toEqual(["0", "1", "2", "0", "1", "0", "1", "2"]);
});

it("gives up on a list whose pages are always forgotten", async () => {
  const { ask } = failing(...Array.from({ length: 9 }, () => [1, expired] as const));
  await expect(readAll(ask)).rejects.toBe(expired);
});

it("asks again for a page when AWS wants fewer requests, some times", async () => {
  const { ask, asked } = failing([1, throttled], [1, throttled]);
  expect(await readAll(ask)).toEqual(ALL);
  expect(asked).toEqual(["0", "1", "1", "1", "2"]);
  const { ask: tooOften } = failing([1, throttled], [1, throttled], [1, throttled]);
  await expect(readAll(tooOften)).rejects.toBe(throttled);
});
