/** One measurement of ours and of the peer's, made right after each other. */
export interface Pair<T = number> {
  readonly ours: T;
  readonly peer: T;
}

/**
 * Measures ours and the peer's in turns, so that both see the same machine. The one that goes
 * first changes from turn to turn: what the first warms up helps the second.
 */
export async function interleave<T = number>(
  turns: number,
  ours: () => Promise<T>,
  peer: () => Promise<T>,
): Promise<readonly Pair<T>[]> {
  const pairs: Pair<T>[] = [];
  for (let turn = 0; turn < turns; turn++) {
    if (turn % 2 === 0) {
      const first = await ours();
      pairs.push({ ours: first, peer: await peer() });
    } else {
      const first = await peer();
      pairs.push({ peer: first, ours: await ours() });
    }
  }
  return pairs;
}
