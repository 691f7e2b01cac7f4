import { expect, it } from "vitest";
import { type Page, readAhead } from "../../../src/aws/readAhead.js";

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
  for await (const page of readAhead(pages.ask, never)) items.push(...page);
  expect(items).toEqual([0, 1, 2]);
  expect(pages.asked).toEqual([undefined, "1", "2"]);
});

it("asks for the next page while one is used, and no further", async () => {
  const pages = new Pages(5);
  for await (const page of readAhead(pages.ask, never)) {
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
    for await (const page of readAhead(new Pages(3, 1).ask, never)) {
      seen.push(...page);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await expect(read()).rejects.toThrow("page 1");
  expect(seen).toEqual([0]);
});
