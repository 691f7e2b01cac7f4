import type { ContextEvent, StatusEvent, StepEvent, StepPlace, StepState } from "./buildEvents.js";
import type { BuildEvent } from "../enginePorts.js";

/** The steps of a build in the order in which they were first told; replaced, never changed. */
export type BuildSteps = ReadonlyMap<string, BuildStep>;

/** A step of a build, as far as its events tell. */
export interface BuildStep extends StepEvent {
  /** How far its parts are, by their id. */
  readonly statuses: ReadonlyMap<string, StatusEvent>;
}

/** The steps of one stage, for one platform, in the Dockerfile's order. */
export interface BuildStage {
  readonly kind: "stage";
  readonly id: string;
  /** The stage's name; undefined where the Dockerfile has one stage only. */
  readonly stage: string | undefined;
  readonly platform: string | undefined;
  readonly total: number;
  readonly steps: readonly BuildStep[];
}

/** What a build consists of: its stages, and the builder's own work between them. */
export type BuildPart = BuildStage | { readonly kind: "step"; readonly step: BuildStep };

/** Where a build stands in its Dockerfile. */
export interface BuildPosition {
  /** Counts from 1 over all stages that take part; 0 before the first. */
  readonly index: number;
  readonly total: number;
  readonly step: BuildStep;
}

/** The part of a step that stands for the context that we send. */
export const CONTEXT_STATUS = "transferring context";

const ENDED: ReadonlySet<StepState> = new Set(["cached", "done", "failed", "cancelled"]);

/** Tells whether nothing more is to come of a step. */
export function hasEnded({ state }: Pick<BuildStep, "state">): boolean {
  return ENDED.has(state);
}

/** Returns the steps after one more event; the very same ones for events that change none. */
export function advanceSteps(steps: BuildSteps, event: BuildEvent): BuildSteps {
  switch (event.type) {
    case "step": {
      const statuses = steps.get(event.id)?.statuses ?? new Map<string, StatusEvent>();
      return new Map(steps).set(event.id, { ...event, statuses });
    }
    case "status":
      return withStatus(steps, event);
    case "context": {
      const status = contextStatus(event);
      return status ? withStatus(steps, status) : steps;
    }
    case "pushing":
    case "log":
    case "warning":
      return steps;
  }
}

/** Tells the context that is sent as a part of the step that waits for it, where there is one. */
export function contextStatus({
  step,
  sentBytes,
  totalBytes = 0,
}: ContextEvent): StatusEvent | undefined {
  if (step === undefined) return undefined;
  return { type: "status", step, id: CONTEXT_STATUS, doneBytes: sentBytes, totalBytes };
}

/** Returns the steps of a build that is over: none of them runs any more. */
export function endSteps(steps: BuildSteps, state: "failed" | "cancelled", at: Date): BuildSteps {
  const ended = new Map(steps);
  for (const [id, step] of steps) {
    if (step.state === "running") ended.set(id, { ...step, state, endedAt: at });
  }
  return ended;
}

/**
 * Puts steps into stages, and the builder's own work between them in the order in which it was told.
 *
 * BuildKit tells of stages in no order, so among themselves they stand in the Dockerfile's.
 */
export function buildParts(steps: BuildSteps): readonly BuildPart[] {
  const groups = new Map<string, BuildStep[]>();
  for (const step of steps.values()) {
    if (!step.place) continue;
    const id = stageId(step.place);
    const known = groups.get(id);
    if (known) known.push(step);
    else groups.set(id, [step]);
  }
  const stages = [...groups].flatMap(([id, own]) => makeStage(id, own)).sort(byPlace);
  const parts: BuildPart[] = [];
  const placed = new Set<string>();
  for (const step of steps.values()) {
    const id = step.place && stageId(step.place);
    if (id === undefined) parts.push({ kind: "step", step });
    if (id === undefined || placed.has(id)) continue;
    const stage = stages[placed.size];
    if (stage) parts.push(stage);
    placed.add(id);
  }
  return parts;
}

/** Tells where a build stands; undefined before its first step has begun. */
export function buildPosition(steps: BuildSteps): BuildPosition | undefined {
  const step = currentStep(steps);
  if (!step) return undefined;
  let [index, total] = [0, 0];
  const place = (step.place ? step : lastBegun(steps, ({ place }) => place !== undefined))?.place;
  const own = place && stageId(place);
  let isBefore = own !== undefined;
  for (const part of buildParts(steps)) {
    if (part.kind !== "stage") continue;
    total += part.total;
    if (part.id === own) isBefore = false;
    if (isBefore) index += part.total;
  }
  return { index: index + (place?.index ?? 0), total, step };
}

/** Adds up the bytes of a step's parts; undefined when none of them has a size. */
export function stepBytes({
  statuses,
}: BuildStep): { doneBytes: number; totalBytes: number } | undefined {
  let [doneBytes, totalBytes] = [0, 0];
  for (const status of statuses.values()) {
    doneBytes += status.doneBytes;
    totalBytes += Math.max(status.totalBytes, status.doneBytes);
  }
  return totalBytes === 0 ? undefined : { doneBytes, totalBytes };
}

function withStatus(steps: BuildSteps, status: StatusEvent): BuildSteps {
  const step = steps.get(status.step);
  if (!step) return steps;
  const startedAt = status.startedAt ?? step.statuses.get(status.id)?.startedAt;
  const told = { ...status, ...(startedAt && { startedAt }) };
  const statuses = new Map(step.statuses).set(status.id, told);
  return new Map(steps).set(step.id, { ...step, statuses });
}

/** The step that people wait for: the Dockerfile's own before the builder's, the latest first. */
function currentStep(steps: BuildSteps): BuildStep | undefined {
  const isRunning = ({ state }: BuildStep): boolean => state === "running";
  return (
    lastBegun(steps, (step) => isRunning(step) && step.place !== undefined) ??
    lastBegun(steps, isRunning) ??
    lastBegun(steps, ({ place }) => place !== undefined)
  );
}

function lastBegun(
  steps: BuildSteps,
  isWanted: (step: BuildStep) => boolean,
): BuildStep | undefined {
  let last: BuildStep | undefined;
  for (const step of steps.values()) {
    if (!step.startedAt || !isWanted(step)) continue;
    if (!last?.startedAt || step.startedAt >= last.startedAt) last = step;
  }
  return last;
}

function stageId({ platform, stageIndex, stage }: StepPlace): string {
  return `${platform ?? ""} ${stageIndex} ${stage ?? ""}`;
}

function makeStage(id: string, steps: readonly BuildStep[]): BuildStage[] {
  const place = steps[0]?.place;
  if (!place) return [];
  const { stage, platform, total } = place;
  const index = (step: BuildStep): number => step.place?.index ?? 0;
  const sorted = steps.toSorted((a, b) => index(a) - index(b));
  return [{ kind: "stage", id, stage, platform, total, steps: sorted }];
}

function byPlace(one: BuildStage, other: BuildStage): number {
  const [a, b] = [one.steps[0]?.place, other.steps[0]?.place];
  const byStage = (a?.stageIndex ?? 0) - (b?.stageIndex ?? 0);
  return byStage === 0 ? (a?.platform ?? "").localeCompare(b?.platform ?? "") : byStage;
}
