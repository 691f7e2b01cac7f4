/** Items that are sorted or merged at one go. */
const RUN_ITEMS = 4096;

/**
 * Sorts many items without holding the event loop, as 100,000 files or images would.
 *
 * `pace` is called now and then, and waits when it is others' turn. Equal items keep their order.
 */
export async function sortInSlices<T extends object>(
  items: readonly T[],
  compare: (left: T, right: T) => number,
  pace: () => Promise<void>,
): Promise<readonly T[]> {
  let runs: T[][] = [];
  for (let at = 0; at < items.length; at += RUN_ITEMS) {
    if (at > 0) await pace();
    runs.push(items.slice(at, at + RUN_ITEMS).sort(compare));
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let index = 0; index < runs.length; index += 2) {
      merged.push(await merge(runs[index] ?? [], runs[index + 1] ?? [], compare, pace));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge<T extends object>(
  left: readonly T[],
  right: readonly T[],
  compare: (left: T, right: T) => number,
  pace: () => Promise<void>,
): Promise<T[]> {
  const merged: T[] = [];
  let atLeft = 0;
  let atRight = 0;
  for (;;) {
    const one = left[atLeft];
    const other = right[atRight];
    if (one === undefined || other === undefined) break;
    if (compare(one, other) <= 0) {
      merged.push(one);
      atLeft++;
    } else {
      merged.push(other);
      atRight++;
    }
    if (merged.length % RUN_ITEMS === 0) await pace();
  }
  return merged.concat(left.slice(atLeft), right.slice(atRight));
}
