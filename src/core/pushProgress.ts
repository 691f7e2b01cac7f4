import type { LayerEvent } from "./ports.js";
import type { PushEvent, PushPhase } from "./pushImage.js";

/** Where a push stands, folded from its events; replaced on each event, never changed. */
export interface PushProgress {
  readonly phase: PushPhase;
  /** The build step under way. */
  readonly step: BuildStep | undefined;
  /** Bytes of the build context that were sent so far. */
  readonly contextBytes: number;
  /** The last state of each layer of the tag that is being pushed. */
  readonly layers: ReadonlyMap<string, LayerEvent>;
  /** What the engine waits for before it tries a layer again. */
  readonly retry: string | undefined;
}

/** A step of a Dockerfile, as the engine counts them. */
export interface BuildStep {
  readonly index: number;
  readonly total: number;
  readonly text: string;
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
  step: undefined,
  contextBytes: 0,
  layers: new Map(),
  retry: undefined,
};

/** Returns the progress after one more event. */
export function advance(progress: PushProgress, event: PushEvent): PushProgress {
  switch (event.type) {
    case "phase":
      return { ...pushNotBegun, phase: event.phase };
    case "context":
      return { ...progress, contextBytes: event.sentBytes };
    case "step": {
      const { index, total, text } = event;
      return { ...progress, step: { index, total, text } };
    }
    case "pushing":
      return { ...progress, layers: new Map(), retry: undefined };
    case "layer": {
      const layers = new Map(progress.layers).set(event.id, event);
      return { ...progress, layers, retry: event.state === "retrying" ? event.text : undefined };
    }
    case "engine":
    case "repository-created":
    case "log":
    case "warning":
      return progress;
  }
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
