import type { Stage } from "../buildkit/dockerfileStages.js";
import { expandWord, flagValue, type InstructionWords, splitWords } from "./dockerfileWords.js";

/** Something that an instruction takes from the context. */
export interface ContextSource {
  /** A path in the context, or a pattern of paths. */
  readonly path: string;
  /** What asks for it, for people: `COPY src`. */
  readonly shown: string;
  /** True for a memory mount, for which BuildKit asks although it takes nothing. */
  readonly isIdle: boolean;
}

/** What a stage needs. */
export interface StageReach {
  readonly name: string;
  /** Names or numbers of other stages, and of images; a `*` where nobody knows. */
  readonly needs: ReadonlySet<string>;
  readonly sources: readonly ContextSource[];
  /** Its variables, for stages that are built from it. */
  readonly values: ReadonlyMap<string, string>;
  /** Its `ONBUILD` instructions, which run in stages that are built from it. */
  readonly triggers: readonly InstructionWords[];
}

/** The values of `ARG` that do not come from a stage. */
export interface GivenArguments {
  /** Those before the first `FROM`. */
  readonly globals: ReadonlyMap<string, string>;
  readonly buildArgs: Readonly<Record<string, string>>;
}

/** Finds what a stage needs, given the stages before it. */
export function readStage(
  { name, instructions }: Stage,
  earlier: readonly StageReach[],
  given: GivenArguments,
): StageReach {
  const [from, ...own] = instructions.map(({ text }) => splitWords(text));
  const base = expandWord(from?.words[0] ?? "", given.globals).text.toLowerCase();
  const parent = earlier.findLast((stage) => stage.name === base);
  const values = new Map(parent?.values);
  const needs = new Set([base]);
  const sources: ContextSource[] = [];
  for (const instruction of [...(parent?.triggers ?? []), ...own.filter((one) => !one.isTrigger)]) {
    const { keyword, words } = instruction;
    if (keyword === "ARG") setArguments(values, words, given);
    if (keyword === "ENV") setEnvironment(values, words);
    const asked =
      keyword === "RUN"
        ? readMounts(instruction, values)
        : keyword === "COPY" || keyword === "ADD"
          ? readCopy(instruction, values)
          : undefined;
    for (const stage of asked?.needs ?? []) needs.add(stage);
    sources.push(...(asked?.sources ?? []));
  }
  return { name, needs, sources, values, triggers: own.filter((one) => one.isTrigger) };
}

type Asked = { readonly needs: readonly string[]; readonly sources: readonly ContextSource[] };

function readCopy(
  { keyword, flags, words }: InstructionWords,
  values: ReadonlyMap<string, string>,
): Asked {
  const stage = flagValue(flags, "from");
  if (stage !== undefined) return { needs: [stageName(stage, values)], sources: [] };
  const sources = words
    .slice(0, -1)
    .filter((word) => !word.startsWith("<<"))
    .map((word) => contextSource(word, `${keyword} ${word}`, values))
    .filter(({ path }) => keyword !== "ADD" || !/^[a-z]+:\/\/|^git@/i.test(path));
  return { needs: [], sources };
}

/** Source: https://docs.docker.com/reference/dockerfile/#run---mount */
function readMounts({ flags }: InstructionWords, values: ReadonlyMap<string, string>): Asked {
  const needs: string[] = [];
  const sources: ContextSource[] = [];
  for (const flag of flags.filter((one) => one.startsWith("mount="))) {
    const options = flag.slice("mount=".length).split(",");
    const type = flagValue(options, "type") ?? "bind";
    const stage = flagValue(options, "from");
    if (stage !== undefined) {
      needs.push(stageName(stage, values));
    } else if (type === "bind" || type === "tmpfs") {
      const source = flagValue(options, "source") ?? flagValue(options, "src") ?? ".";
      const asked = contextSource(source, `RUN --mount ${source}`, values);
      sources.push({ ...asked, isIdle: type === "tmpfs" });
    }
  }
  return { needs, sources };
}

function contextSource(
  word: string,
  shown: string,
  values: ReadonlyMap<string, string>,
): ContextSource {
  const { text, isOpen } = expandWord(word, values);
  return { path: isOpen ? "." : text, shown, isIdle: false };
}

function stageName(word: string, values: ReadonlyMap<string, string>): string {
  return expandWord(word, values).text.toLowerCase();
}

/** Sets what an `ARG` declares, where its value is known. */
export function setArguments(
  values: Map<string, string>,
  words: readonly string[],
  { globals, buildArgs }: GivenArguments,
): void {
  for (const word of words) {
    const [name = "", ...rest] = word.split("=");
    const fallback = rest.length > 0 ? rest.join("=") : undefined;
    const known = Object.hasOwn(buildArgs, name) ? buildArgs[name] : undefined;
    const value =
      known ?? (fallback === undefined ? globals.get(name) : expanded(fallback, values));
    if (value !== undefined) values.set(name, value);
  }
}

/** `ENV name value` is the older of its two forms. */
function setEnvironment(values: Map<string, string>, words: readonly string[]): void {
  const [first = "", ...rest] = words;
  const pairs = first.includes("=") ? words : [`${first}=${rest.join(" ")}`];
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    const value = expanded(pair.slice(at + 1), values);
    if (value === undefined) values.delete(pair.slice(0, at));
    else values.set(pair.slice(0, at), value);
  }
}

function expanded(word: string, values: ReadonlyMap<string, string>): string | undefined {
  const { text, isComplete } = expandWord(word, values);
  return isComplete ? text : undefined;
}
