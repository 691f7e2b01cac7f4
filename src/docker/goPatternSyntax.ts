/**
 * Throws an `Error` for what Docker takes for no pattern at all.
 *
 * That is what Go's `Match` says of the pattern and the path `.`: it reads on only while the path
 * may still match, so a mistake behind a star that can't match goes unseen here.
 * `escapes` is false on Windows, where a backslash separates folders.
 * Source: https://pkg.go.dev/path/filepath#Match
 */
export function checkGoPattern(pattern: string, escapes: boolean): void {
  let rest = Array.from(pattern);
  let name: readonly string[] = ["."];
  while (rest.length > 0) {
    const { star, chunk, next } = splitChunk(rest, escapes);
    rest = next;
    if (star && chunk.length === 0) return;
    const starts = star ? [0, ...name.map((_, index) => index + 1)] : [0];
    const ends = starts.map((start) => matchChunk(chunk, name.slice(start), escapes));
    const end = ends.find((left) => left && (left.length === 0 || rest.length > 0));
    if (!end) return;
    name = end;
  }
}

interface Chunk {
  readonly star: boolean;
  /** What stands before the next star that is in no class. */
  readonly chunk: readonly string[];
  readonly next: string[];
}

function splitChunk(pattern: readonly string[], escapes: boolean): Chunk {
  const start = pattern.findIndex((char) => char !== "*");
  if (start < 0) return { star: true, chunk: [], next: [] };
  let inClass = false;
  let at = start;
  for (; at < pattern.length; at++) {
    const char = pattern[at];
    if (char === "\\" && escapes) at++;
    else if (char === "[") inClass = true;
    else if (char === "]") inClass = false;
    else if (char === "*" && !inClass) break;
  }
  return { star: start > 0, chunk: pattern.slice(start, at), next: pattern.slice(at) };
}

/** Returns what of the name is left behind a match, undefined for no match. */
function matchChunk(
  chunk: readonly string[],
  name: readonly string[],
  escapes: boolean,
): readonly string[] | undefined {
  const reader = new ChunkReader(chunk, escapes);
  let matches = true;
  let taken = 0;
  while (!reader.isAtEnd) {
    const test = reader.takeTest();
    const char = name[taken++];
    matches &&= char !== undefined && test(char);
  }
  return matches ? name.slice(taken) : undefined;
}

class ChunkReader {
  #at = 0;

  constructor(
    private readonly chars: readonly string[],
    private readonly escapes: boolean,
  ) {}

  get isAtEnd(): boolean {
    return this.#at >= this.chars.length;
  }

  /** Reads what one character is matched with. */
  takeTest(): (char: string) => boolean {
    const char = this.chars[this.#at++];
    if (char === "[") return this.#takeClass();
    if (char === "?") return (other) => other !== "/";
    if (char !== "\\" || !this.escapes) return (other) => other === char;
    if (this.isAtEnd) throw new Error("nothing after the last backslash");
    const escaped = this.chars[this.#at++];
    return (other) => other === escaped;
  }

  #takeClass(): (char: string) => boolean {
    const negated = this.chars[this.#at] === "^";
    if (negated) this.#at++;
    const ranges: { readonly first: string; readonly last: string }[] = [];
    do {
      const first = this.#takeClassChar();
      if (this.chars[this.#at] === "-") {
        this.#at++;
        ranges.push({ first, last: this.#takeClassChar() });
      } else {
        ranges.push({ first, last: first });
      }
    } while (this.chars[this.#at] !== "]");
    this.#at++;
    return (char) => ranges.some(({ first, last }) => first <= char && char <= last) !== negated;
  }

  #takeClassChar(): string {
    const first = this.chars[this.#at];
    if (first === "-" || first === "]") throw new Error(`unexpected ${first}`);
    if (first === "\\" && this.escapes) this.#at++;
    const char = this.chars[this.#at++];
    if (char === undefined || this.isAtEnd) throw new Error("[ without ]");
    return char;
  }
}
