import type { HistoryStep } from "./imageConfig.js";
import type { Blob } from "./imageManifest.js";
import { instructionOf } from "./instruction.js";

/** One step of an image's history with the layer that it made, if any. */
export interface LayerStep {
  /** The layer's place from the base, from 1; undefined for a step without one. */
  readonly number: number | undefined;
  readonly layer: Blob | undefined;
  /** Empty where the history does not tell. */
  readonly instruction: string;
  readonly createdAt: Date | undefined;
}

/** An image's history and layers as one list. */
export interface LayerSteps {
  /** From the base upwards. */
  readonly steps: readonly LayerStep[];
  /** Whether each layer has its instruction; tools that squash or rebase leave histories that don't fit. */
  readonly isJoined: boolean;
}

/** Joins a history with the layers that its steps made, in order; steps without a layer stay. */
export function joinLayers(layers: readonly Blob[], history: readonly HistoryStep[]): LayerSteps {
  const making = history.filter(({ isEmpty }) => !isEmpty).length;
  if (making !== layers.length) {
    const steps = layers.map((layer, index): LayerStep => {
      return { number: index + 1, layer, instruction: "", createdAt: undefined };
    });
    const told = history.map((step) => fromHistory(step, undefined, undefined));
    return { steps: [...told, ...steps], isJoined: false };
  }
  let made = 0;
  const steps = history.map((step) => {
    if (step.isEmpty) return fromHistory(step, undefined, undefined);
    const layer = layers[made];
    made += 1;
    return fromHistory(step, made, layer);
  });
  return { steps, isJoined: true };
}

/** Returns the steps that made a layer, largest first. */
export function largestLayers({ steps }: LayerSteps): readonly LayerStep[] {
  const size = ({ layer }: LayerStep): number => layer?.sizeBytes ?? 0;
  return steps.filter(({ layer }) => layer).sort((a, b) => size(b) - size(a));
}

function fromHistory(
  { createdBy, createdAt }: HistoryStep,
  number: number | undefined,
  layer: Blob | undefined,
): LayerStep {
  return { number, layer, instruction: instructionOf(createdBy), createdAt };
}
