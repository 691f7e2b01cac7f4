/** An instruction taken apart. */
export interface InstructionWords {
  /** In upper case, such as `COPY`; an `ONBUILD` is left out. */
  readonly keyword: string;
  readonly isTrigger: boolean;
  /** What stands between the keyword and the words, such as `from=base`; without its dashes. */
  readonly flags: readonly string[];
  /** The words after that, or the strings of a JSON list. */
  readonly words: readonly string[];
}

/**
 * Takes an instruction apart as BuildKit does.
 *
 * Source: https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/line_parsers.go
 */
export function splitWords(text: string): InstructionWords {
  const [, trigger, keyword = "", rest = ""] =
    /^(ONBUILD\s+)?([A-Za-z]+)\s*(.*)$/is.exec(text) ?? [];
  const flags: string[] = [];
  let body = rest;
  for (let flag = FLAG.exec(body); flag; flag = FLAG.exec(body)) {
    flags.push(flag[1] ?? "");
    body = body.slice(flag[0].length);
  }
  const words = readList(body) ?? body.split(/\s+/).filter((word) => word !== "");
  return { keyword: keyword.toUpperCase(), isTrigger: trigger !== undefined, flags, words };
}

/** Returns the value of a flag such as `from`. */
export function flagValue(flags: readonly string[], name: string): string | undefined {
  return flags.find((flag) => flag.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** A flag up to the blank that ends it. */
const FLAG = /^--((?:[^\s\\]|\\.)+)(?:\s+|$)/s;

function readList(text: string): readonly string[] | undefined {
  if (!text.startsWith("[")) return undefined;
  try {
    const list: unknown = JSON.parse(text);
    const isList = Array.isArray(list) && list.every((word) => typeof word === "string");
    return isList ? list : undefined;
  } catch {
    // What is no JSON is words, as for BuildKit.
    return undefined;
  }
}

/** What a word came to: its text, and whether a variable in it has no value that is known. */
export interface ExpandedWord {
  /** A `*` stands for each variable without a value. */
  readonly text: string;
  /** True where nothing is known of how the word begins. */
  readonly isOpen: boolean;
  /** False where a variable has no value that is known. */
  readonly isComplete: boolean;
}

/**
 * Replaces the variables of a word, and takes its quotes away.
 *
 * Source: https://docs.docker.com/reference/dockerfile/#environment-replacement
 */
export function expandWord(word: string, values: ReadonlyMap<string, string>): ExpandedWord {
  let isOpen = false;
  let isComplete = true;
  const text = word.replace(
    PART,
    (
      part,
      escaped?: string,
      plain?: string,
      braced?: string,
      sign?: string,
      other?: string,
      at?: number,
    ) => {
      if (escaped !== undefined) return /[*?[\\]/.test(escaped) ? part : escaped;
      if (part === '"' || part === "'") return "";
      const value = values.get(plain ?? braced ?? "");
      if (sign === "+") return value === undefined ? "" : (other ?? "");
      if (value !== undefined) return value;
      if (sign === "-") return other ?? "";
      isComplete = false;
      isOpen ||= at === 0;
      return "*";
    },
  );
  return { text, isOpen, isComplete };
}

/** An escaped character, a quote or a variable in one of its forms. */
const PART = /\\(.)|["']|\$(?:(\w+)|\{(\w+)(?::?([-+])([^}]*))?\}|\{[^}]*\})/gs;
