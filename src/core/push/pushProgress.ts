import type { StepEvent } from "../build/buildEvents.js";
import { advanceSteps, type BuildSteps } from "../build/buildSteps.js";
import type { BuildEvent, LayerEvent } from "../enginePorts.js";
import type { PushEvent, PushPhase } from "./pushImage.js";

/** Where a push stands, folded from its events; replaced on each event, never changed. */
export interface PushProgress {
  readonly phase: PushPhase;
  /** The steps of the build, then one for each tag that is pushed. */
  readonly steps: BuildSteps;
  /** The step of the tag that is being pushed. */
  readonly pushing: StepEvent | undefined;
  /** The last state of each layer of the tag that is being pushed. */
  readonly layers: ReadonlyMap<string, LayerEvent>;
  /** What the engine waits for before it tries a layer again. */
  readonly retry: string | undefined;
}

/** How much of the upload is done; layers that the registry has already are left out. */
export interface UploadProgress {
  readonly layersDone: number;
  readonly layers: number;
  readonly sentBytes: number;
  readonly totalBytes: number;
}

/** The progress of a push that has not begun. */
export const pushNotBegun: PushProgress = {
  phase: "preflight",
  steps: new Map(),
  pushing: undefined,
  layers: new Map(),
  retry: undefined,
};

/** Returns the progress after one more event. */
export function advance(progress: PushProgress, event: PushEvent, now: Date): PushProgress {
  const steps = toBuildEvents(progress, event, now).reduce(advanceSteps, progress.steps);
  switch (event.type) {
    case "phase":
      return { ...pushNotBegun, steps, phase: event.phase };
    case "pushing":
      return { ...pushNotBegun, steps, phase: progress.phase, pushing: pushStep(event, now) };
    case "layer": {
      const layers = new Map(progress.layers).set(event.id, event);
      const retry = event.state === "retrying" ? event.text : undefined;
      return { ...progress, steps, layers, retry };
    }
    case "engine":
    case "repository-created":
    case "context":
    case "step":
    case "status":
    case "log":
    case "warning":
      return steps === progress.steps ? progress : { ...progress, steps };
  }
}

/** Tells a push in the words of a build, so that the upload of a tag is a step like others. */
export function toBuildEvents(
  { pushing, layers }: PushProgress,
  event: PushEvent,
  now: Date,
): readonly BuildEvent[] {
  switch (event.type) {
    case "phase":
      return endOf(pushing, now);
    case "pushing":
      return [...endOf(pushing, now), pushStep(event, now)];
    case "layer":
      return pushing ? layerEvents(pushing.id, event, layers.get(event.id), now) : [];
    case "engine":
    case "repository-created":
      return [];
    case "context":
    case "step":
    case "status":
    case "log":
    case "warning":
      return [event];
  }
}

type Pushing = Extract<PushEvent, { type: "pushing" }>;

function pushStep({ reference }: Pushing, startedAt: Date): StepEvent {
  const name = `pushing ${reference}`;
  return { type: "step", id: name, name, state: "running", startedAt };
}

function endOf(step: StepEvent | undefined, endedAt: Date): readonly StepEvent[] {
  return step ? [{ ...step, state: "done", endedAt }] : [];
}

function layerEvents(
  step: string,
  { id, state, sentBytes, totalBytes, text }: LayerEvent,
  before: LayerEvent | undefined,
  at: Date,
): readonly BuildEvent[] {
  if (state === "waiting") return [];
  // What is not sent has no bytes of this push to show.
  if (state !== "uploading" && state !== "done") {
    return [{ type: "log", step, text: `${id}: ${text}`, at }];
  }
  const isNew = before?.state !== "uploading" && before?.state !== "done";
  const status = { type: "status", step, id, doneBytes: sentBytes, totalBytes } as const;
  return [{ ...status, ...(isNew && { startedAt: at }), ...(state === "done" && { endedAt: at }) }];
}

/** Adds up the layers that this push sends. */
export function uploadProgress(progress: PushProgress): UploadProgress {
  const sent = [...progress.layers.values()].filter(
    ({ state }) => state !== "exists" && state !== "mounted",
  );
  return {
    layersDone: sent.filter(({ state }) => state === "done").length,
    layers: sent.length,
    sentBytes: sum(
      sent.map((layer) => (layer.state === "done" ? layer.totalBytes : layer.sentBytes)),
    ),
    totalBytes: sum(sent.map((layer) => layer.totalBytes)),
  };
}

/** Percent of the upload's known bytes, 0 to 100; undefined before any size is known. */
export function uploadPercent({ sentBytes, totalBytes }: UploadProgress): number | undefined {
  return totalBytes > 0 ? Math.min(100, Math.floor((sentBytes / totalBytes) * 100)) : undefined;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
