import type { PullEvent } from "../images/engineImages.js";
import type { PullingEvent } from "./pullImage.js";

/** Where a pull stands, folded from its events; replaced on each event, never changed. */
export interface PullProgress {
  /** The last state of each layer. */
  readonly layers: ReadonlyMap<string, PullEvent>;
  /** What the engine waits for before it tries a layer again. */
  readonly retry: string | undefined;
}

/** How much of a pull is done; layers that the engine had are left out. */
export interface DownloadProgress {
  readonly layers: number;
  /** Layers whose bytes are there. */
  readonly layersHere: number;
  /** Layers that are unpacked as well, where the engine tells that. */
  readonly layersDone: number;
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/** The progress of a pull that has not begun. */
export const pullNotBegun: PullProgress = { layers: new Map(), retry: undefined };

/** Returns the progress after one more event. */
export function advancePull(progress: PullProgress, event: PullingEvent): PullProgress {
  if (event.type === "warning") return progress;
  const layers = new Map(progress.layers).set(event.id, event);
  return { layers, retry: event.state === "retrying" ? event.text : undefined };
}

/** Adds up the layers that this pull gets. */
export function downloadProgress({ layers }: PullProgress): DownloadProgress {
  const got = [...layers.values()].filter(({ state }) => state !== "exists");
  const count = (...states: readonly PullEvent["state"][]): number =>
    got.filter(({ state }) => states.includes(state)).length;
  const sum = (bytesOf: (layer: PullEvent) => number): number =>
    got.reduce((total, layer) => total + bytesOf(layer), 0);
  return {
    layers: got.length,
    layersHere: count("downloaded", "unpacking", "done"),
    layersDone: count("done"),
    doneBytes: sum((layer) => layer.doneBytes),
    totalBytes: sum((layer) => layer.totalBytes),
  };
}
