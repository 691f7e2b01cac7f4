import type { BuildEvent } from "../core/ports.js";
import type { Instruction } from "./dockerfileSource.js";
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
}

const STEP = /^Step (\d+)\/(\d+) : (.*)$/;
const BUILT = /^Successfully built ([0-9a-f]{12,64})$/;
// The classic builder colours what a step writes to its standard error.
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/** Turns the messages of a classic build into events, line by line. */
export class BuildOutput {
  readonly #instructions: readonly Instruction[];
  #partial = "";
  #index = 0;
  #position: BuildPosition = { step: undefined, line: undefined, foreignProgram: false };
  #imageId: string | undefined;

  constructor(instructions: readonly Instruction[]) {
    this.#instructions = instructions;
  }

  /** The id of the built image as the engine wrote it, which may be short. */
  get imageId(): string | undefined {
    return this.#imageId;
  }

  get position(): BuildPosition {
    return this.#position;
  }

  /** Takes one message and yields the events of the lines that it ends. */
  *push({ stream, status, id, aux }: EngineMessage): Generator<BuildEvent, void, void> {
    this.#imageId = asText(aux?.["ID"]) ?? this.#imageId;
    if (status !== undefined) yield { type: "log", text: id ? `${id}: ${status}` : status };
    if (stream === undefined) return;
    const lines = (this.#partial + stream).split("\n");
    this.#partial = lines.pop() ?? "";
    for (const line of lines) yield* this.#readLine(line);
  }

  /** Yields what is left of a last line without an end. */
  *flush(): Generator<BuildEvent, void, void> {
    const line = this.#partial;
    this.#partial = "";
    if (line) yield* this.#readLine(line);
  }

  *#readLine(raw: string): Generator<BuildEvent, void, void> {
    const text = raw.replace(COLOURS, "").trimEnd();
    if (text === "") return;
    const [, index, total, step] = STEP.exec(text) ?? [];
    // A step's own output may look like a step; only the next one in order is.
    if (step !== undefined && Number(index) === this.#index + 1) {
      this.#index++;
      const counted = Number(total) === this.#instructions.length;
      const line = counted ? this.#instructions[this.#index - 1]?.line : undefined;
      this.#position = { step, line, foreignProgram: false };
      yield { type: "step", index: this.#index, total: Number(total), text: step };
      return;
    }
    if (/exec format error/i.test(text))
      this.#position = { ...this.#position, foreignProgram: true };
    this.#imageId ??= BUILT.exec(text)?.[1];
    yield { type: text.includes("[Warning]") ? "warning" : "log", text };
  }
}
