/** What somebody typed to find names: words in any order, each of which a name must hold. */
export interface NameFilter {
  /** The text as it was typed. */
  readonly text: string;
  /** Its words in small letters, as names of repositories are. */
  readonly words: readonly string[];
}

/** Reads the text of a filter; undefined where it asks for nothing. */
export function tryParseNameFilter(text: string): NameFilter | undefined {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0 ? undefined : { text: text.trim(), words };
}

/** Tells whether a name holds every word of a filter. */
export function matchesFilter({ words }: NameFilter, name: string): boolean {
  return words.every((word) => name.includes(word));
}

/** Finds where a name holds the words of a filter, as [start, end) without overlaps, in order. */
export function findMatches({ words }: NameFilter, name: string): [number, number][] {
  const found = words
    .map((word): [number, number] => [name.indexOf(word), name.indexOf(word) + word.length])
    .filter(([start]) => start >= 0)
    .sort(([a], [b]) => a - b);
  const merged: [number, number][] = [];
  for (const [start, end] of found) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
