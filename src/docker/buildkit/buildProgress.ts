import type { StepEvent, StepPlace, StepState } from "../../core/build/buildEvents.js";
import { CONTEXT_STATUS } from "../../core/build/buildSteps.js";
import type { BuildEvent } from "../../core/enginePorts.js";
import type { Instruction } from "../dockerfileSource.js";
import { splitStages, type Stage } from "./dockerfileStages.js";
import { findInstruction } from "./failedInstruction.js";
import { LogLines } from "./logLines.js";
import { ownStep } from "./ownStep.js";
import type { StatusResponse, Vertex, VertexStatus, VertexWarning } from "./statusResponse.js";
import { parseStepName, type StepName } from "./stepName.js";

/** Lines of a step's output that a failure quotes. */
const QUOTED_LINES = 10;
/** BuildKit's name of the step that waits for our files. */
const CONTEXT_STEP = "[internal] load build context";

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
  readonly step: StepName | undefined;
  readonly place: StepPlace | undefined;
  readonly output: LogLines;
  vertex: Vertex;
  lastLines: readonly string[];
  /** The step as it was told last. */
  told: StepEvent | undefined;
}

/** Turns the status of a solve into events: its steps, their parts, and what they write. */
export class BuildProgress {
  readonly #known = new Map<string, Known>();
  readonly #instructions: readonly Instruction[];
  readonly #stages: readonly Stage[];
  readonly #now: () => number;
  readonly #warned = new Set<string>();
  #failed: Known | undefined;
  /** What to add to BuildKit's times to get this machine's. */
  #offsetMs: number | undefined;
  #contextStep: string | undefined;

  /** `now` is this machine's clock, in milliseconds since 1970. */
  constructor(instructions: readonly Instruction[] = [], now = Date.now) {
    this.#instructions = instructions;
    this.#stages = splitStages(instructions);
    this.#now = now;
  }

  /** The step that waits for the context, once BuildKit has named it. */
  get contextStep(): string | undefined {
    return this.#contextStep;
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
  *push({ vertices, statuses, logs, warnings }: StatusResponse): Generator<BuildEvent, void, void> {
    const known = vertices.map((vertex) => this.#learn(vertex));
    // A step ends after what it has to say.
    for (const one of known) yield* this.#tell(one, false);
    for (const status of statuses) yield* this.#tellStatus(status);
    for (const { vertex, bytes, timeMs } of logs) {
      const one = this.#known.get(vertex);
      if (one) yield* this.#log(one, one.output.push(bytes), timeMs);
    }
    for (const warning of warnings) yield* this.#warn(warning);
    for (const one of known) yield* this.#tell(one, true);
  }

  #learn(vertex: Vertex): Known {
    if (vertex.startedMs !== undefined) this.#offsetMs ??= this.#now() - vertex.startedMs;
    const one = this.#known.get(vertex.digest) ?? this.#meet(vertex);
    one.vertex = vertex;
    if (vertex.error && !isCancelled(vertex)) this.#failed ??= one;
    return one;
  }

  #meet(vertex: Vertex): Known {
    const named = parseStepName(vertex.name);
    const own = named && ownStep(named, this.#stages);
    const place = own && this.#place(own);
    const step = own ?? named;
    const one = { step, place, output: new LogLines(), vertex, lastLines: [], told: undefined };
    this.#known.set(vertex.digest, one);
    if (vertex.name === CONTEXT_STEP) this.#contextStep = vertex.digest;
    return one;
  }

  #place(step: StepName): StepPlace {
    const { stage, platform, index, total, text } = step;
    const line = findInstruction(this.#instructions, step)?.line;
    return {
      stageIndex: Math.max(
        0,
        stage === undefined ? 0 : this.#stages.findIndex(({ name }) => name === stage),
      ),
      index,
      total,
      text,
      ...(stage === undefined ? {} : { stage }),
      ...(platform === undefined ? {} : { platform }),
      ...(line === undefined ? {} : { line }),
    };
  }

  *#tell(one: Known, mayEnd: boolean): Generator<BuildEvent, void, void> {
    const { vertex, place } = one;
    const ends = vertex.completedMs !== undefined;
    if (ends && !mayEnd && one.told?.startedAt) return;
    if (ends && mayEnd) yield* this.#log(one, one.output.flush(), undefined);
    const state = ends && mayEnd ? endState(vertex) : runState(vertex);
    const startedAt = this.#instant(vertex.startedMs);
    const endedAt = mayEnd ? this.#instant(vertex.completedMs) : undefined;
    const event: StepEvent = {
      type: "step",
      id: vertex.digest,
      name: vertex.name,
      ...(place && { place }),
      state,
      ...(startedAt && { startedAt }),
      ...(endedAt && { endedAt }),
      ...(state === "failed" && { error: vertex.error }),
    };
    if (isSame(one.told, event)) return;
    one.told = event;
    yield event;
  }

  *#tellStatus(status: VertexStatus): Generator<BuildEvent, void, void> {
    const { vertex, id, current, total, startedMs, completedMs } = status;
    const one = this.#known.get(vertex);
    // Our own sender knows the context's total, which BuildKit does not.
    const isContext = vertex === this.#contextStep && id.startsWith(CONTEXT_STATUS);
    if (!one || isContext) return;
    const startedAt = this.#instant(startedMs);
    const endedAt = this.#instant(completedMs);
    yield {
      type: "status",
      step: vertex,
      id,
      doneBytes: current,
      totalBytes: total,
      ...(startedAt && { startedAt }),
      ...(endedAt && { endedAt }),
    };
  }

  *#log(
    one: Known,
    lines: readonly string[],
    timeMs: number | undefined,
  ): Generator<BuildEvent, void, void> {
    if (lines.length === 0) return;
    one.lastLines = [...one.lastLines, ...lines].slice(-QUOTED_LINES);
    const at = this.#instant(timeMs ?? one.vertex.completedMs);
    const step = one.vertex.digest;
    for (const text of lines) yield { type: "log", text, step, ...(at && { at }) };
  }

  *#warn(warning: VertexWarning): Generator<BuildEvent, void, void> {
    const { vertex, short, details, url, line, endLine } = warning;
    const key = `${line ?? ""} ${short} ${url}`;
    if (this.#warned.has(key)) return;
    this.#warned.add(key);
    yield {
      type: "warning",
      text: short,
      ...(details.length > 0 && { details }),
      ...(url && { url }),
      ...(line !== undefined && { line }),
      ...(endLine !== undefined && { endLine }),
      ...(this.#known.has(vertex) && { step: vertex }),
    };
  }

  #instant(milliseconds: number | undefined): Date | undefined {
    if (milliseconds === undefined) return undefined;
    return new Date(Math.round(milliseconds + (this.#offsetMs ?? 0)));
  }
}

function runState({ startedMs }: Vertex): StepState {
  return startedMs === undefined ? "waiting" : "running";
}

function endState(vertex: Vertex): StepState {
  if (isCancelled(vertex)) return "cancelled";
  if (vertex.error) return "failed";
  return vertex.isCached ? "cached" : "done";
}

/** Where the words come from: https://github.com/moby/buildkit/blob/master/util/progress/progressui/printer.go */
function isCancelled({ error }: Vertex): boolean {
  return /context canceled/.test(error);
}

function isSame(told: StepEvent | undefined, event: StepEvent): boolean {
  return (
    told?.state === event.state &&
    told.name === event.name &&
    told.startedAt?.getTime() === event.startedAt?.getTime() &&
    told.endedAt?.getTime() === event.endedAt?.getTime()
  );
}
