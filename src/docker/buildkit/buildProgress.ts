import type { BuildEvent } from "../../core/ports.js";
import { LogLines } from "./logLines.js";
import type { StatusResponse, Vertex, VertexWarning } from "./statusResponse.js";
import { parseStepName, type StepName } from "./stepName.js";

/** Lines of a step's output that a failure quotes. */
const QUOTED_LINES = 10;

/** The step that made a build fail. */
export interface FailedVertex {
  /** Where the step stands in the Dockerfile; undefined for BuildKit's own work. */
  readonly step: StepName | undefined;
  /** BuildKit's name of the step. */
  readonly name: string;
  readonly error: string;
  /** The last lines that it wrote. */
  readonly lastLines: readonly string[];
}

interface Known {
  vertex: Vertex;
  readonly step: StepName | undefined;
  readonly output: LogLines;
  lastLines: readonly string[];
  isTold: boolean;
  isDone: boolean;
}

/** Folds the status of a solve into events: each step once, and what the steps write. */
export class BuildProgress {
  readonly #known = new Map<string, Known>();
  /** The steps of each stage that takes part. */
  readonly #stages = new Map<string, number>();
  readonly #order: readonly string[];
  readonly #warned = new Set<string>();
  #failed: Known | undefined;

  /** `order` has the names of the Dockerfile's stages from first to last. */
  constructor(order: readonly string[] = []) {
    this.#order = order;
  }

  /** The first step that failed; one that was cancelled because of it is not it. */
  get failed(): FailedVertex | undefined {
    if (!this.#failed) return undefined;
    const { vertex, step, output, lastLines } = this.#failed;
    return {
      step,
      name: vertex.name,
      error: vertex.error,
      lastLines: [...lastLines, ...output.flush()].slice(-QUOTED_LINES),
    };
  }

  /** Takes one message and yields what is new in it. */
  *push({ vertices, logs, warnings }: StatusResponse): Generator<BuildEvent, void, void> {
    // All of a message's steps count before the first is told, so that the total holds.
    const known = vertices.map((vertex) => this.#learn(vertex));
    for (const one of known) yield* this.#tell(one);
    for (const { vertex, bytes } of logs) {
      const one = this.#known.get(vertex);
      if (one) yield* this.#log(one, one.output.push(bytes));
    }
    for (const one of known) yield* this.#finish(one);
    for (const warning of warnings) yield* this.#warn(warning);
  }

  #learn(vertex: Vertex): Known {
    const before = this.#known.get(vertex.digest);
    if (before) {
      before.vertex = vertex;
      return before;
    }
    const step = parseStepName(vertex.name);
    if (step) this.#stages.set(stageKey(step), step.total);
    const one: Known = {
      vertex,
      step,
      output: new LogLines(),
      lastLines: [],
      isTold: false,
      isDone: false,
    };
    this.#known.set(vertex.digest, one);
    return one;
  }

  *#tell(one: Known): Generator<BuildEvent, void, void> {
    const { vertex, step } = one;
    if (one.isTold || vertex.startedMs === undefined) return;
    // A step that the cache has is told as begun for a moment before it is told as cached.
    one.isTold = true;
    if (!step) {
      yield { type: "log", text: vertex.name };
      return;
    }
    const { stage, index, text } = step;
    let offset = 0;
    let total = 0;
    for (const [key, steps] of this.#stages) {
      total += steps;
      if (this.#isBefore(key, stageKey(step))) offset += steps;
    }
    yield {
      type: "step",
      index: offset + index,
      total,
      text,
      isCached: vertex.isCached,
      ...(stage === undefined ? {} : { stage }),
    };
  }

  /** BuildKit tells of stages in no order, so the Dockerfile's decides. */
  #isBefore(key: string, other: string): boolean {
    const [place, otherPlace] = [key, other].map((own) =>
      this.#order.indexOf(own.slice(own.indexOf(" ") + 1)),
    );
    return (place ?? 0) < (otherPlace ?? 0) || (place === otherPlace && key < other);
  }

  *#log(one: Known, lines: readonly string[]): Generator<BuildEvent, void, void> {
    if (lines.length === 0) return;
    one.lastLines = [...one.lastLines, ...lines].slice(-QUOTED_LINES);
    for (const text of lines) yield { type: "log", text };
  }

  *#finish(one: Known): Generator<BuildEvent, void, void> {
    const { vertex, step } = one;
    if (vertex.error && !this.#failed && !/context canceled/.test(vertex.error)) {
      this.#failed = one;
    }
    if (one.isDone || vertex.completedMs === undefined || vertex.startedMs === undefined) return;
    one.isDone = true;
    yield* this.#log(one, one.output.flush());
    if (!step || vertex.error || vertex.isCached) return;
    const seconds = ((vertex.completedMs - vertex.startedMs) / 1000).toFixed(1);
    yield { type: "log", text: `[${step.index}/${step.total}] took ${seconds} s` };
  }

  *#warn({ short, url, line }: VertexWarning): Generator<BuildEvent, void, void> {
    const text = url ? `${short} (${url})` : short;
    const key = `${line ?? ""} ${text}`;
    if (this.#warned.has(key)) return;
    this.#warned.add(key);
    yield { type: "warning", text, ...(line === undefined ? {} : { line }) };
  }
}

function stageKey({ platform, stage }: StepName): string {
  return `${platform ?? ""} ${stage ?? ""}`;
}
