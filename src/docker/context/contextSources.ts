import path from "node:path";
import type { BuildOptions } from "../../core/enginePorts.js";
import { splitStages } from "../buildkit/dockerfileStages.js";
import type { Instruction } from "../dockerfileSource.js";
import { splitWords } from "./dockerfileWords.js";
import { readStage, setArguments, type StageReach } from "./stageReach.js";

/** What of its context a build with BuildKit asks for. */
export interface ContextSources {
  /** Paths to follow; undefined for the whole context, none for none of it. */
  readonly paths: readonly string[] | undefined;
  /** What asks for it, for people: `COPY src`, in the order of the Dockerfile. */
  readonly sentBy: readonly string[];
}

/**
 * Finds what the instructions of a Dockerfile take from the context, in the stages that are built.
 *
 * A variable whose value nobody knows before the build stands for anything. Triggers of a base
 * image are not known.
 * Source: https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert.go
 */
export function findContextSources(
  instructions: readonly Instruction[],
  { target, buildArgs = {}, contexts = {} }: BuildOptions = {},
): ContextSources {
  const globals = new Map<string, string>();
  for (const { text } of instructions) {
    const { keyword, words } = splitWords(text);
    if (keyword === "FROM") break;
    if (keyword === "ARG") setArguments(globals, words, { globals, buildArgs });
  }
  const stages: StageReach[] = [];
  for (const stage of splitStages(instructions)) {
    const read = readStage(stage, stages, { globals, buildArgs });
    // A further context takes the place of the stage of its name.
    const needs = [...read.needs].filter((need) => !Object.hasOwn(contexts, need));
    stages.push({ ...read, needs: new Set(needs) });
  }
  const sources = reachable(stages, target).flatMap((stage) => stage.sources);
  const taking = sources.filter((source) => !source.isIdle);
  const sentBy = [...new Set(taking.map(({ shown }) => shown))];
  if (taking.length === 0) return { paths: [], sentBy };
  const cleaned = sources.map((source) => path.posix.join("/", source.path));
  const paths = [...new Set(cleaned.map((one) => one.replace(/^\/|\/$/g, "")))].sort();
  return { paths: paths.includes("") ? undefined : paths, sentBy };
}

/** Returns the stages that the target is made from, in order; the target is the last by default. */
function reachable(stages: readonly StageReach[], target: string | undefined): StageReach[] {
  const wanted = new Set<number>();
  const visit = (index: number): void => {
    const stage = stages[index];
    if (!stage || wanted.has(index)) return;
    wanted.add(index);
    for (const need of stage.needs) {
      for (const one of findStages(stages.slice(0, index), need)) visit(one);
    }
  };
  const [named] = target === undefined ? [] : findStages(stages, target.toLowerCase());
  visit(named ?? stages.length - 1);
  return stages.filter((_, index) => wanted.has(index));
}

/** Returns where the stage of this name or number is; all of them for a name that nobody knows. */
function findStages(stages: readonly StageReach[], name: string): readonly number[] {
  if (name.includes("*")) return stages.map((_, index) => index);
  const index = stages.findLastIndex((stage) => stage.name === name);
  if (index >= 0) return [index];
  return /^\d+$/.test(name) && Number(name) < stages.length ? [Number(name)] : [];
}
