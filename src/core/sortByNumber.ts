/** Numbers below it are told apart; sizes in bytes and instants in ms are far below. */
const MOST = 2 ** 44 - 1;
const PLACES = 20;

/**
 * Returns the items with the greatest numbers first; equal ones keep their order.
 *
 * The numbers are sorted with the places of their items packed beside them, as machine words: that
 * takes a fifth of what comparing 100,000 objects does, which would hold the event loop.
 */
export function sortByNumber<T>(items: readonly T[], numberOf: (item: T) => number): readonly T[] {
  if (items.length >= 2 ** PLACES) {
    return [...items].sort((left, right) => numberOf(right) - numberOf(left));
  }
  const words = new BigUint64Array(items.length);
  const view = new DataView(words.buffer);
  for (const [place, item] of items.entries()) {
    const number = Math.floor(numberOf(item));
    const rank = MOST - (number > 0 ? Math.min(number, MOST) : 0);
    const high = Math.floor(rank / 2 ** (32 - PLACES));
    const low = (rank % 2 ** (32 - PLACES)) * 2 ** PLACES + place;
    view.setUint32(place * 8 + HIGH, high, IS_LITTLE_ENDIAN);
    view.setUint32(place * 8 + LOW, low, IS_LITTLE_ENDIAN);
  }
  words.sort();
  const sorted: T[] = [];
  for (let index = 0; index < items.length; index += 1) {
    const place = view.getUint32(index * 8 + LOW, IS_LITTLE_ENDIAN) % 2 ** PLACES;
    sorted.push(items[place] as T);
  }
  return sorted;
}

const IS_LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
/** Where the halves of a word stand in its eight bytes. */
const HIGH = IS_LITTLE_ENDIAN ? 4 : 0;
const LOW = IS_LITTLE_ENDIAN ? 0 : 4;
