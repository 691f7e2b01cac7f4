import type { ImageReference } from "../imageReference.js";

/** A container of an engine, as far as it holds on to an image. */
export interface LocalContainer {
  readonly name: string;
  readonly imageId: string;
  /** Whether it runs, or is paused; such a container keeps its image whatever is forced. */
  readonly isRunning: boolean;
  /** Whether removing the image by force removes the container as well, as Podman does. */
  readonly goesWithImage: boolean;
}

/** What is pulled. */
export interface PullFromRegistry {
  /** The reference with its digest, of an index or of one image. */
  readonly reference: ImageReference & { readonly digest: string };
  /** The platform that is wanted; undefined leaves the choice to the engine. */
  readonly platform: string | undefined;
}

/** What a pull says of one layer. */
export interface PullEvent {
  readonly type: "layer";
  /** The engine's short id of the layer. */
  readonly id: string;
  readonly state:
    "waiting" | "downloading" | "downloaded" | "unpacking" | "done" | "exists" | "retrying";
  readonly doneBytes: number;
  /** Bytes to get in all, 0 while unknown. */
  readonly totalBytes: number;
  /** The engine's own words, for the log. */
  readonly text: string;
}
