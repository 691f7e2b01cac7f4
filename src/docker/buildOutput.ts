import type { StepEvent, StepPlace } from "../core/build/buildEvents.js";
import type { BuildEvent } from "../core/enginePorts.js";
import { splitStages } from "./buildkit/dockerfileStages.js";
import type { Instruction } from "./dockerfileSource.js";
import { isForeignProgram } from "./foreignProgram.js";
import type { EngineMessage } from "./messageStream.js";
import { asText } from "./untyped.js";

/** Where a build is, for the failure that may come. */
export interface BuildPosition {
  /** The running step as the engine tells it; undefined before the first. */
  readonly step: string | undefined;
  /** The line of the Dockerfile where the step starts, where it is known. */
  readonly line: number | undefined;
  /** True when the step said that the engine can't run a program's format. */
  readonly foreignProgram: boolean;
  /** What the step wrote last, without the builder's own words. */
  readonly lastLines: readonly string[];
}

/** Lines of a step's output that a failure quotes. */
const QUOTED_LINES = 10;
/** Where a step runs and what it made, in Docker's words and Podman's. */
const BUILDERS_OWN = /^ ?-{2,3}> |^Removing intermediate container /;

/** `Step 2/3 : RUN make` of Docker, `STEP 2/3: RUN make` of Podman, there with `[1/2] ` for stages. */
const STEP = /^(?:\[(\d+)\/\d+\] )?(?:Step|STEP) (\d+)\/(\d+) ?: (.*)$/;
const CACHED = /^ ?-{2,3}> Using cache\b/;
const BUILT = /^Successfully built ([0-9a-f]{12,64})$/;
// The classic builder colours what a step writes to its standard error.
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/** Turns the messages of a classic build into events, line by line. */
export class BuildOutput {
  readonly #instructions: readonly Instruction[];
  readonly #now: () => Date;
  #partial = "";
  #step: (StepEvent & { readonly place: StepPlace; readonly startedAt: Date }) | undefined;
  #isCached = false;
  #foreignProgram = false;
  #lastLines: readonly string[] = [];
  #imageId: string | undefined;

  constructor(instructions: readonly Instruction[], now = (): Date => new Date()) {
    this.#instructions = instructions;
    this.#now = now;
  }

  /** The id of the built image as the engine wrote it, which may be short. */
  get imageId(): string | undefined {
    return this.#imageId;
  }

  get position(): BuildPosition {
    const { text, line } = this.#step?.place ?? {};
    return {
      step: text,
      line,
      foreignProgram: this.#foreignProgram,
      lastLines: this.#lastLines,
    };
  }

  /** Takes one message and yields the events of the lines that it ends. */
  *push({ stream, status, id, aux }: EngineMessage): Generator<BuildEvent, void, void> {
    this.#imageId = asText(aux?.["ID"]) ?? this.#imageId;
    if (status !== undefined) yield this.#log(id ? `${id}: ${status}` : status);
    if (stream === undefined) return;
    const lines = (this.#partial + stream).split("\n");
    this.#partial = lines.pop() ?? "";
    for (const line of lines) yield* this.#readLine(line);
  }

  /** Yields what is left of a last line without an end, and the end of the last step. */
  *end(error?: string): Generator<BuildEvent, void, void> {
    const line = this.#partial;
    this.#partial = "";
    if (line) yield* this.#readLine(line);
    yield* this.#endStep(error);
  }

  *#readLine(raw: string): Generator<BuildEvent, void, void> {
    const text = raw.replace(COLOURS, "").trimEnd();
    if (text === "") return;
    const place = this.#readPlace(text);
    if (place) {
      yield* this.#endStep();
      this.#foreignProgram = false;
      this.#isCached = false;
      this.#lastLines = [];
      const id = `${place.stageIndex} ${place.index}`;
      const name = `[${place.index}/${place.total}] ${place.text}`;
      const startedAt = this.#now();
      this.#step = { type: "step", id, name, place, state: "running", startedAt };
      yield this.#step;
      return;
    }
    if (!BUILDERS_OWN.test(text)) {
      this.#lastLines = [...this.#lastLines, text].slice(-QUOTED_LINES);
    }
    this.#isCached ||= CACHED.test(text);
    this.#foreignProgram ||= isForeignProgram(text);
    this.#imageId ??= BUILT.exec(text)?.[1];
    if (text.includes("[Warning]")) yield { type: "warning", text, ...this.#own() };
    else yield this.#log(text);
  }

  /** A step's own output may look like a step; only the next one in order is. */
  #readPlace(line: string): StepPlace | undefined {
    const [, stageNumber, indexText, totalText, text] = STEP.exec(line) ?? [];
    if (text === undefined) return undefined;
    const [index, total] = [Number(indexText), Number(totalText)];
    const before = this.#step?.place;
    const stageIndex = stageNumber === undefined ? 0 : Number(stageNumber) - 1;
    const isNext = index === (before?.stageIndex === stageIndex ? before.index : 0) + 1;
    if (!isNext) return undefined;
    const stages = splitStages(this.#instructions);
    const stage = stageNumber === undefined ? undefined : stages[stageIndex];
    // Podman leaves out what stands before the first FROM, and names a lone stage no number.
    const counts = stage ? [stage] : [{ instructions: this.#instructions }, ...stages.slice(0, 1)];
    const counted = counts.find(({ instructions }) => instructions.length === total);
    const instruction = counted?.instructions[index - 1];
    return {
      stageIndex,
      index,
      total,
      text,
      ...(stage && { stage: stage.name }),
      ...(instruction && { line: instruction.line }),
    };
  }

  *#endStep(error?: string): Generator<BuildEvent, void, void> {
    if (!this.#step) return;
    const state = error !== undefined ? "failed" : this.#isCached ? "cached" : "done";
    const endedAt = this.#now();
    yield { ...this.#step, state, endedAt, ...(error !== undefined && { error }) };
  }

  #log(text: string): BuildEvent {
    return { type: "log", text, at: this.#now(), ...this.#own() };
  }

  #own(): { readonly step?: string } {
    return this.#step ? { step: this.#step.id } : {};
  }
}
