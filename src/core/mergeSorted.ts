/**
 * Returns a sorted list with more items in their places; both stay as they are.
 *
 * Adding pages of a long list one after another this way compares little and copies once, where
 * sorting all of it each time would hold the event loop. Equal items keep their order.
 */
export function mergeSorted<T>(
  sorted: readonly T[],
  more: readonly T[],
  compare: (left: T, right: T) => number,
): readonly T[] {
  const page = [...more].sort(compare);
  if (page.length === 0) return sorted;
  const merged: T[] = [];
  let at = 0;
  for (const item of page) {
    // Searching compares a page's items with few others, however long the list is.
    const end = upperBound(sorted, item, compare, at);
    for (; at < end; at++) merged.push(sorted[at] as T);
    merged.push(item);
  }
  for (; at < sorted.length; at++) merged.push(sorted[at] as T);
  return merged;
}

/** Finds where, from `start` on, the items begin that belong behind `item`. */
function upperBound<T>(
  sorted: readonly T[],
  item: T,
  compare: (left: T, right: T) => number,
  start: number,
): number {
  let low = start;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(sorted[middle] as T, item) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
