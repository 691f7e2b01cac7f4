import {
  oneRange,
  perlRanges,
  posixRanges,
  writeClass,
  writeLiteral,
  type CharRanges,
} from "./goCharRanges.js";

/**
 * Rewrites a Go expression as a JavaScript one with the flag `u`; throws an `Error` for what is
 * none to Go.
 *
 * Knows what the patterns of ignore files can become; `\p` is the one part that it refuses. A
 * `|` or a brace that is not escaped in the result is one that divides or repeats.
 * Sources: https://github.com/google/re2/wiki/Syntax and
 * https://github.com/golang/go/blob/go1.22.0/src/regexp/syntax/parse.go
 */
export function toJavaScript(source: string): string {
  return new Translator(Array.from(source)).translate();
}

/** What may be repeated how often. */
const MAX_REPEAT = 1000;
const MAX_RUNE = 0x10ffff;
const ESCAPES: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };
const ASSERTIONS: Readonly<Record<string, string>> = { A: "^", b: "\\b", B: "\\B", z: "$" };

/** Goes through an expression once, from left to right. */
class Translator {
  #at = 0;
  #result = "";
  /** Where in the result the part begins that a repetition would repeat; undefined for none. */
  #atom: number | undefined;
  #isAssertion = false;
  #isRepeated = false;

  constructor(private readonly chars: readonly string[]) {}

  translate(): string {
    while (this.#at < this.chars.length) this.#takePart();
    return this.#result;
  }

  #takePart(): void {
    const char = this.#next();
    if (char === "\\") this.#takeEscape();
    else if (char === "[") this.#atomic(this.#takeClass());
    else if (char === ".") this.#atomic(".");
    else if (char === "^" || char === "$") this.#assert(char);
    else if (char === "(") this.#takeGroup();
    else if (char === "|") this.#separate();
    else if (char === "*" || char === "+" || char === "?") this.#repeat(char);
    else if (char === "{") this.#takeBraces();
    else this.#atomic(writeLiteral(codeOf(char)));
  }

  /** A group never holds another one here, and no pattern has a bracket that opens none. */
  #takeGroup(): void {
    const end = this.chars.indexOf(")", this.#at);
    const inner = new Translator(this.chars.slice(this.#at, end)).translate();
    this.#at = end + 1;
    this.#atomic(`(${inner})`);
  }

  #separate(): void {
    this.#result += "|";
    this.#atom = undefined;
    this.#isRepeated = false;
  }

  #takeBraces(): void {
    const rest = this.chars.slice(this.#at).join("");
    const [all, least, comma, most] = /^(0|[1-9][0-9]*)(?:(,)(0|[1-9][0-9]*)?)?\}/.exec(rest) ?? [];
    if (all === undefined) {
      this.#atomic(writeLiteral(codeOf("{")));
      return;
    }
    const [from, to] = [Number(least), Number(most ?? (comma ? 0 : least))];
    if (from > MAX_REPEAT || to > MAX_REPEAT || (most !== undefined && to < from)) {
      throw new Error(`{${all} can't be so many times`);
    }
    this.#at += all.length;
    this.#repeat(`{${all}`);
  }

  #repeat(operator: string): void {
    if (this.#isRepeated) throw new Error(`${operator} follows another repetition`);
    if (this.#atom === undefined) throw new Error(`nothing is before ${operator}`);
    // JavaScript repeats no assertion by itself.
    const atom = this.#result.slice(this.#atom);
    if (this.#isAssertion) this.#result = `${this.#result.slice(0, this.#atom)}(?:${atom})`;
    this.#result += operator;
    this.#isRepeated = true;
  }

  #assert(assertion: string): void {
    this.#atomic(assertion);
    this.#isAssertion = true;
  }

  #atomic(part: string): void {
    this.#atom = this.#result.length;
    this.#result += part;
    this.#isRepeated = false;
    this.#isAssertion = false;
  }

  #takeEscape(): void {
    const char = this.chars[this.#at] ?? "";
    const assertion = ASSERTIONS[char];
    if (assertion !== undefined) {
      this.#at++;
      this.#assert(assertion);
    } else if (char === "Q") {
      const rest = this.chars.slice(this.#at + 1).join("");
      const [quoted = ""] = rest.split("\\E");
      this.#at += 1 + Array.from(quoted).length + (quoted === rest ? 0 : 2);
      for (const one of quoted) this.#atomic(writeLiteral(codeOf(one)));
    } else {
      const ranges = this.#takePerlClass();
      this.#atomic(ranges ? writeClass(ranges, false) : writeLiteral(this.#takeCharacter()));
    }
  }

  /** Reads what follows a backslash as a sort of characters, such as `d`; undefined for others. */
  #takePerlClass(): CharRanges | undefined {
    const ranges = perlRanges(this.chars[this.#at] ?? "");
    if (ranges) this.#at++;
    return ranges;
  }

  /** Reads what follows a backslash as one character. */
  #takeCharacter(): number {
    const char = this.#next();
    const code = ESCAPES[char];
    if (code !== undefined) return code;
    const rest = this.chars.slice(this.#at).join("");
    const [octal] = (char === "0" ? /^[0-7]{0,2}/ : /^[0-7]{1,2}/).exec(rest) ?? [];
    if (/[0-7]/.test(char) && octal !== undefined) {
      this.#at += octal.length;
      return Number.parseInt(char + octal, 8);
    }
    const [hex] = (char === "x" && /^(?:[0-9a-f]{2}|\{[0-9a-f]+\})/i.exec(rest)) || [];
    if (hex !== undefined) {
      this.#at += hex.length;
      const value = Number.parseInt(hex.replace(/[{}]/g, ""), 16);
      if (value <= MAX_RUNE) return value;
    } else if (/^[^A-Za-z0-9]$/.test(char) && codeOf(char) < 0x80) {
      return codeOf(char);
    }
    throw new Error(`\\${char} has no meaning`);
  }

  #takeClass(): string {
    const negated = this.chars[this.#at] === "^";
    if (negated) this.#at++;
    const ranges: (readonly [number, number])[] = [];
    do {
      ranges.push(...this.#takeClassPart());
    } while (this.chars[this.#at] !== "]");
    this.#at++;
    return writeClass(ranges, negated);
  }

  #takeClassPart(): CharRanges {
    const rest = this.chars.slice(this.#at).join("");
    const [all, not, name = ""] = /^\[:(\^?)(.*?):\]/s.exec(rest) ?? [];
    if (all !== undefined) {
      const ranges = posixRanges(name, not !== "");
      if (!ranges) throw new Error(`${all} has no meaning`);
      this.#at += all.length;
      return ranges;
    }
    if (this.chars[this.#at] === "\\") {
      this.#at++;
      const ranges = this.#takePerlClass();
      if (ranges) return ranges;
      this.#at--;
    }
    const first = this.#takeClassCharacter();
    const next = this.chars[this.#at + 1];
    if (this.chars[this.#at] !== "-" || next === undefined || next === "]") return oneRange(first);
    this.#at++;
    const last = this.#takeClassCharacter();
    if (last < first) throw new Error("a range ends before it begins");
    return oneRange(first, last);
  }

  #takeClassCharacter(): number {
    const char = this.#next();
    return char === "\\" ? this.#takeCharacter() : codeOf(char);
  }

  #next(): string {
    const char = this.chars[this.#at++];
    if (char === undefined) throw new Error("it ends too early");
    return char;
  }
}

function codeOf(char: string): number {
  return char.codePointAt(0) ?? 0;
}
