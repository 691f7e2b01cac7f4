/** A part of an expression, as a state that a match can be in. */
type State =
  /** Takes one character. */
  | { readonly kind: "one"; readonly takes: CharTest }
  /** Takes any number of characters. */
  | { readonly kind: "loop"; readonly takes: CharTest }
  /** Skips the state behind it, or goes into it. */
  | { readonly kind: "fork" }
  /** Takes any characters, and is left after each slash. */
  | { readonly kind: "folders" }
  /** Takes nothing, and lets a match pass at some places only. */
  | { readonly kind: "place"; readonly holds: (path: string, at: number) => boolean };

type CharTest = (char: string) => boolean;

const anyChar: CharTest = (char) => char !== "\n";
const nameChar: CharTest = (char) => char !== "/";

/**
 * Compiles an expression of `compileGoPattern` to a test whose time grows with the path's length
 * times the expression's, whatever they hold.
 *
 * A `RegExp` tries one way after another, which takes a lifetime for a dozen stars; this follows
 * all ways at once, as Go's expressions do. Source: https://swtch.com/~rsc/regexp/regexp1.html
 */
export function compileStates(expression: string): (path: string) => boolean {
  const states = Array.from(expression.matchAll(PARTS), ([part]) => toStates(part)).flat();
  return (path) => {
    let active = new StateSet(states);
    let next = new StateSet(states);
    active.enter(0, path, 0);
    let at = 0;
    for (const char of path) {
      at += char.length;
      for (const index of active.members) step(states[index], index, char, next, path, at);
      [active, next] = [next, active];
      next.clear();
      if (active.members.length === 0) return false;
    }
    return active.has(states.length);
  };
}

/**
 * Returns how badly a `RegExp` of this expression may explode: the power of the path's length with
 * which its time grows.
 */
export function worstPower(expression: string): number {
  let power = 0;
  let singles = 0;
  let stars = 0;
  const endName = (): void => {
    // One star in a name ends where the name does; several share it in many ways.
    if (stars > 1) power += stars;
    if (stars === 1) singles = 1;
    stars = 0;
  };
  for (const [part] of expression.matchAll(PARTS)) {
    if (part === STAR) stars++;
    if (part === FOLDERS || part === ALL) power++;
    if (part === FOLDERS || part === ALL || part === "/" || part === "\\/") endName();
  }
  endName();
  return power + singles;
}

const FOLDERS = "(.*/)?";
const ALL = ".*";
const STAR = "[^/]*";
/** The parts of an expression: what stars became, classes, escapes, and characters. */
const PARTS =
  /\(\.\*\/\)\?|\.\*|\[\^\/\]\*|\[(?:\\x[\da-f]{2}|\\.|[^\]\\])*\]|\\x[\da-f]{2}|\\.|[^]/gsu;

function toStates(part: string): readonly State[] {
  if (part === FOLDERS) return [{ kind: "fork" }, { kind: "folders" }];
  if (part === ALL) return [{ kind: "loop", takes: anyChar }];
  if (part === STAR) return [{ kind: "loop", takes: nameChar }];
  if (/^(?:\^|\$|\\[bB])$/.test(part)) {
    const expression = new RegExp(part, "uy");
    const holds = (path: string, at: number): boolean => {
      expression.lastIndex = at;
      return expression.test(path);
    };
    return [{ kind: "place", holds }];
  }
  if (/^[[\\]/.test(part)) {
    const expression = new RegExp(part, "u");
    return [{ kind: "one", takes: (char) => expression.test(char) }];
  }
  return [{ kind: "one", takes: (char) => char === part }];
}

/** The states that matches are in at one place of a path. */
class StateSet {
  readonly members: number[] = [];
  readonly #isMember: Uint8Array;

  constructor(private readonly states: readonly State[]) {
    this.#isMember = new Uint8Array(states.length + 1);
  }

  has(index: number): boolean {
    return this.#isMember[index] === 1;
  }

  clear(): void {
    for (const index of this.members) this.#isMember[index] = 0;
    this.members.length = 0;
  }

  /** Adds a state before the character at `at`, and those that follow it for nothing. */
  enter(first: number, path: string, at: number): void {
    const waiting = [first];
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
      if (this.#isMember[index] === 1) continue;
      this.#isMember[index] = 1;
      this.members.push(index);
      const state = this.states[index];
      if (state?.kind === "fork") waiting.push(index + 2, index + 1);
      if (state?.kind === "loop") waiting.push(index + 1);
      if (state?.kind === "place" && state.holds(path, at)) waiting.push(index + 1);
    }
  }
}

/** Enters what follows a state when it takes a character, which ends at `at`. */
function step(
  state: State | undefined,
  index: number,
  char: string,
  next: StateSet,
  path: string,
  at: number,
): void {
  switch (state?.kind) {
    case "one":
      if (state.takes(char)) next.enter(index + 1, path, at);
      return;
    case "loop":
      if (state.takes(char)) next.enter(index, path, at);
      return;
    case "folders":
      if (!anyChar(char)) return;
      next.enter(index, path, at);
      if (char === "/") next.enter(index + 1, path, at);
      return;
    case "fork":
    case "place":
    case undefined:
  }
}
