/** Ranges of characters, by their code points, both ends included. */
export type CharRanges = readonly (readonly [number, number])[];

const MAX_RUNE = 0x10ffff;
const DIGITS: CharRanges = [[0x30, 0x39]];
const LOWER: CharRanges = [[0x61, 0x7a]];
const UPPER: CharRanges = [[0x41, 0x5a]];
const ALNUM = [...DIGITS, ...UPPER, ...LOWER];
const WORD = [...ALNUM, ...oneRange(0x5f)];

/** What `\d`, `\s` and `\w` stand for in Go: ASCII only. */
const PERL: Readonly<Record<string, CharRanges>> = {
  d: DIGITS,
  s: [...oneRange(0x09, 0x0a), ...oneRange(0x0c, 0x0d), ...oneRange(0x20)],
  w: WORD,
};

/** What stands between `[:` and `:]` in a class. */
const POSIX: Readonly<Record<string, CharRanges>> = {
  alnum: ALNUM,
  alpha: [...UPPER, ...LOWER],
  ascii: oneRange(0, 0x7f),
  blank: [...oneRange(0x09), ...oneRange(0x20)],
  cntrl: [...oneRange(0, 0x1f), ...oneRange(0x7f)],
  digit: DIGITS,
  graph: oneRange(0x21, 0x7e),
  lower: LOWER,
  print: oneRange(0x20, 0x7e),
  punct: [
    ...oneRange(0x21, 0x2f),
    ...oneRange(0x3a, 0x40),
    ...oneRange(0x5b, 0x60),
    ...oneRange(0x7b, 0x7e),
  ],
  space: [...oneRange(0x09, 0x0d), ...oneRange(0x20)],
  upper: UPPER,
  word: WORD,
  xdigit: [...DIGITS, ...oneRange(0x41, 0x46), ...oneRange(0x61, 0x66)],
};

/** Returns the characters of `\d`, or `\D` and its like; undefined for any other letter. */
export function perlRanges(letter: string): CharRanges | undefined {
  const ranges = PERL[letter.toLowerCase()];
  return ranges && letter !== letter.toLowerCase() ? complement(ranges) : ranges;
}

/** Returns the characters of `[:alpha:]`, or `[:^alpha:]` and its like; undefined for no such name. */
export function posixRanges(name: string, negated: boolean): CharRanges | undefined {
  const ranges = Object.hasOwn(POSIX, name) ? POSIX[name] : undefined;
  return ranges && negated ? complement(ranges) : ranges;
}

/** Returns the characters from one to another, or just the one. */
export function oneRange(first: number, last = first): CharRanges {
  return [[first, last]];
}

/** Writes a JavaScript class of these characters. */
export function writeClass(ranges: CharRanges, negated: boolean): string {
  const parts = ranges.map(([first, last]) =>
    first === last ? writeLiteral(first) : `${writeLiteral(first)}-${writeLiteral(last)}`,
  );
  return `[${negated ? "^" : ""}${parts.join("")}]`;
}

/** Writes one character so that it means only itself in a JavaScript expression. */
export function writeLiteral(code: number): string {
  const char = String.fromCodePoint(code);
  if (code >= 0x80 || /[A-Za-z0-9_/]/.test(char)) return char;
  return `\\x${code.toString(16).padStart(2, "0")}`;
}

function complement(ranges: CharRanges): CharRanges {
  const result: (readonly [number, number])[] = [];
  let from = 0;
  for (const [first, last] of [...ranges].sort(([a], [b]) => a - b)) {
    if (first > from) result.push([from, first - 1]);
    from = last + 1;
  }
  return from > MAX_RUNE ? result : [...result, [from, MAX_RUNE]];
}
