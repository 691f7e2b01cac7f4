import { AwsError, invalidParameter } from "./awsError.js";
import type { Input } from "./input.js";
import { tryParseObject } from "./json.js";

/** Where the next page starts: the key of its first row, and how many rows of that key to skip. */
export interface Cursor {
  readonly key: string | number;
  readonly skip: number;
}

/** A row of a list and the key that orders it; equal keys follow each other. */
export interface KeyedRow<Row> {
  readonly key: string | number;
  readonly row: Row;
}

/** What a request says about the page that it wants. */
export interface PageRequest {
  readonly limit: number;
  readonly cursor: Cursor | undefined;
  /** The list that tokens belong to: a token of another list is refused. */
  readonly list: string;
}

/** The sizes that a list's pages may have. */
export interface PageLimits {
  readonly defaultRows: number;
  readonly mostRows: number;
}

const usualLimits: PageLimits = { defaultRows: 100, mostRows: 1000 };

/**
 * Reads `maxResults` and `nextToken` of a request.
 *
 * @param exclusive The name of the argument that can't be combined with paging.
 */
export function parsePageRequest(
  input: Input,
  list: string,
  exclusive?: string,
  limits = usualLimits,
): PageRequest {
  const limit = input.optionalInteger("maxResults", 1, limits.mostRows);
  const token = input.optionalString("nextToken");
  if (exclusive !== undefined && input.has(exclusive)) {
    const paging = limit === undefined ? "nextToken" : "maxResults";
    if (limit !== undefined || token !== undefined) {
      throw new AwsError(
        "InvalidParameterException",
        `Invalid parameter at '${paging}' failed to satisfy constraint: '${paging} cannot be used with ${exclusive}'`,
      );
    }
  }
  const cursor = token === undefined ? undefined : decodeToken(token, list);
  return { limit: limit ?? limits.defaultRows, cursor, list };
}

/**
 * Takes one page from rows that start at the cursor's key.
 *
 * @returns The rows, and the token of the next page when there is one.
 */
export function takePage<Row>(
  rows: Iterable<KeyedRow<Row>>,
  { limit, cursor, list }: PageRequest,
): { rows: Row[]; nextToken?: string } {
  const page: Row[] = [];
  let key: string | number | undefined;
  let ordinal = 0;
  for (const each of rows) {
    ordinal = each.key === key ? ordinal + 1 : 0;
    key = each.key;
    if (cursor && key === cursor.key && ordinal < cursor.skip) continue;
    if (page.length === limit)
      return { rows: page, nextToken: encodeToken({ key, skip: ordinal }, list) };
    page.push(each.row);
  }
  return { rows: page };
}

/** Returns the token for a place in a list. */
export function encodeToken(cursor: Cursor, list: string): string {
  return Buffer.from(JSON.stringify({ list, ...cursor })).toString("base64url");
}

/**
 * Returns the place that a token names.
 *
 * @throws AwsError InvalidParameterException for a token that was not made for this list.
 */
export function decodeToken(token: string, list: string): Cursor {
  const fields = tryParseObject(Buffer.from(token, "base64url").toString("utf8")) ?? {};
  const { key, skip } = fields;
  const isKey = typeof key === "string" || typeof key === "number";
  if (fields["list"] !== list || !isKey || typeof skip !== "number") {
    throw invalidParameter("nextToken", "Invalid nextToken");
  }
  return { key, skip };
}
