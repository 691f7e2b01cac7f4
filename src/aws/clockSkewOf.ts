import { HttpResponse } from "@smithy/core/protocols";

/**
 * Reads by how many milliseconds `now` is ahead of the time that an answer was sent; undefined where
 * the answer does not say when.
 */
export function clockSkewOf(response: unknown, now: Date): number | undefined {
  if (!HttpResponse.isInstance(response)) return undefined;
  const sentMs = Date.parse(response.headers["date"] ?? "");
  return Number.isNaN(sentMs) ? undefined : now.getTime() - sentMs;
}
