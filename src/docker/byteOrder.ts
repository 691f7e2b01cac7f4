/**
 * Compares two texts as their UTF-8 bytes compare, which is how Go sorts names.
 *
 * JavaScript's own order differs where a name holds a character beyond U+FFFF.
 */
export function compareByteOrder(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    if (a !== b) return rank(a) - rank(b);
  }
  return left.length - right.length;
}

/** Puts surrogates behind U+E000 to U+FFFF, as what they stand for comes behind in UTF-8. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
