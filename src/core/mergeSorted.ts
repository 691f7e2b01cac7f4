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
  const [first] = page;
  if (first === undefined) return sorted;
  const start = upperBound(sorted, first, compare);
  const merged = sorted.slice(0, start);
  let at = start;
  for (const item of page) {
    for (let other = sorted[at]; other !== undefined && compare(other, item) <= 0;) {
      merged.push(other);
      other = sorted[++at];
    }
    merged.push(item);
  }
  for (; at < sorted.length; at++) merged.push(sorted[at] as T);
  return merged;
}

/** Finds where the items begin that belong behind `item`. */
function upperBound<T>(
  sorted: readonly T[],
  item: T,
  compare: (left: T, right: T) => number,
): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(sorted[middle] as T, item) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
