/** Letters that are kept of the first lines, and of the last ones. */
const HEAD_LETTERS = 128 * 1024;
const TAIL_LETTERS = 512 * 1024;

/**
 * Remembers lines within a bound: the first ones, and the last ones, in between how many are left
 * out. Takes up to 640 thousand letters, and one line more.
 */
export class BoundedLines {
  readonly #head: string[] = [];
  #tail: string[] = [];
  #headLetters = 0;
  #tailLetters = 0;
  /** Lines at the begin of `tail` that are left out already. */
  #dropped = 0;
  #leftOut = 0;

  /** Lines that are not remembered any more. */
  get leftOut(): number {
    return this.#leftOut;
  }

  push(line: string): void {
    const letters = line.length + 1;
    if (this.#leftOut === 0 && this.#tail.length === 0 && this.#fits(letters)) {
      this.#head.push(line);
      this.#headLetters += letters;
      return;
    }
    this.#tail.push(line);
    this.#tailLetters += letters;
    while (this.#tailLetters > TAIL_LETTERS && this.#dropped < this.#tail.length - 1) {
      this.#tailLetters -= (this.#tail[this.#dropped]?.length ?? 0) + 1;
      this.#dropped += 1;
      this.#leftOut += 1;
    }
    // Moving the rest for each line that goes would cost more than the room is worth.
    if (this.#dropped * 2 > this.#tail.length) {
      this.#tail = this.#tail.slice(this.#dropped);
      this.#dropped = 0;
    }
  }

  /** Returns what is remembered; `describeGap` makes the line that stands for the rest. */
  read(describeGap: (leftOut: number) => string): readonly string[] {
    const gap = this.#leftOut > 0 ? [describeGap(this.#leftOut)] : [];
    return [...this.#head, ...gap, ...this.#tail.slice(this.#dropped)];
  }

  #fits(letters: number): boolean {
    return this.#headLetters + letters <= HEAD_LETTERS;
  }
}
