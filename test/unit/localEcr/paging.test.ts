import { describe, expect, test } from "vitest";
import { Input } from "../../localEcr/input.js";
import type { KeyedRow } from "../../localEcr/paging.js";
import { decodeToken, encodeToken, parsePageRequest, takePage } from "../../localEcr/paging.js";

const rows: KeyedRow<string>[] = [
  { key: 1, row: "1a" },
  { key: 1, row: "1b" },
  { key: 1, row: "1c" },
  { key: 2, row: "2a" },
  { key: 5, row: "5a" },
];

function readAll(limit: number): string[][] {
  const pages: string[][] = [];
  let token: string | undefined;
  do {
    const cursor = token === undefined ? undefined : decodeToken(token, "list");
    const rest = rows.filter((row) => Number(row.key) >= Number(cursor?.key ?? 0));
    const page = takePage(rest, { limit, cursor, list: "list" });
    pages.push(page.rows);
    token = page.nextToken;
  } while (token !== undefined);
  return pages;
}

describe("takePage", () => {
  test.each([1, 2, 3, 4, 5, 6])("pages of %i hold every row once, in order", (limit) => {
    const pages = readAll(limit);
    expect(pages.flat()).toEqual(["1a", "1b", "1c", "2a", "5a"]);
    expect(pages).toHaveLength(Math.ceil(rows.length / limit));
  });

  test("a cursor goes on behind a row that is gone", () => {
    const rest = rows.filter((row) => Number(row.key) > 2);
    const cursor = { key: 2, skip: 0 };
    expect(takePage(rest, { limit: 10, cursor, list: "list" }).rows).toEqual(["5a"]);
  });
});

describe("tokens", () => {
  test("a token is good for its own list only", () => {
    const token = encodeToken({ key: "name", skip: 3 }, "list");
    expect(decodeToken(token, "list")).toEqual({ key: "name", skip: 3 });
    expect(() => decodeToken(token, "other")).toThrow("Invalid nextToken");
  });

  test.each(["", "x", "e30", Buffer.from("[1]").toString("base64url")])(
    "%j is no token",
    (token) => {
      expect(() => decodeToken(token, "list")).toThrow("Invalid nextToken");
    },
  );
});

describe("parsePageRequest", () => {
  test("a page has 100 rows by default and 1000 at most", () => {
    expect(parsePageRequest(new Input({}), "list").limit).toBe(100);
    expect(parsePageRequest(new Input({ maxResults: 1000 }), "list").limit).toBe(1000);
    expect(() => parsePageRequest(new Input({ maxResults: 1001 }), "list")).toThrow(
      "less than or equal to 1000",
    );
    expect(() => parsePageRequest(new Input({ maxResults: 0 }), "list")).toThrow(
      "greater than or equal to 1",
    );
    expect(() => parsePageRequest(new Input({ maxResults: "5" }), "list")).toThrow("an integer");
  });

  test("paging and a choice of items exclude each other", () => {
    const input = new Input({ maxResults: 5, imageIds: [] });
    expect(() => parsePageRequest(input, "list", "imageIds")).toThrow(
      "maxResults cannot be used with imageIds",
    );
  });
});
