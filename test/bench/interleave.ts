/** One measurement of ours and of the peer's, made right after each other. */
export interface Pair {
  readonly ours: number;
  readonly peer: number;
}

/**
 * Measures ours and the peer's in turns, so that both see the same machine. The one that goes
 * first changes from turn to turn: what the first warms up helps the second.
 */
export async function interleave(
  turns: number,
  ours: () => Promise<number>,
  peer: () => Promise<number>,
): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
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
