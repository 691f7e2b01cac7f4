import type { ImageConfig } from "./imageConfig.js";
import type { Blob, ImageManifest } from "./imageManifest.js";

/** What two images share, in layers and bytes. */
export interface LayerComparison {
  /** All layers: those of the first from its base upwards, then those of the second alone. */
  readonly layers: readonly ComparedLayer[];
  readonly sharedBytes: number;
  readonly onlyFirstBytes: number;
  readonly onlySecondBytes: number;
}

/** A layer, and which of the two images have it. */
export interface ComparedLayer {
  readonly layer: Blob;
  readonly isIn: Presence;
}

/** Which of two images something is in. */
export type Presence = "both" | "first" | "second";

/**
 * Compares the layers of two images by their digests.
 *
 * A layer that an image has twice is stored and sent once, and counts once.
 */
export function compareLayers(
  first: Pick<ImageManifest, "layers">,
  second: Pick<ImageManifest, "layers">,
): LayerComparison {
  const inFirst = new Map(first.layers.map((layer) => [layer.digest, layer]));
  const inSecond = new Map(second.layers.map((layer) => [layer.digest, layer]));
  const layers: ComparedLayer[] = [...inFirst.values()].map((layer) => {
    return { layer, isIn: inSecond.has(layer.digest) ? "both" : "first" };
  });
  for (const layer of inSecond.values()) {
    if (!inFirst.has(layer.digest)) layers.push({ layer, isIn: "second" });
  }
  const bytes = (wanted: Presence): number =>
    layers.reduce((sum, { layer, isIn }) => sum + (isIn === wanted ? layer.sizeBytes : 0), 0);
  return {
    layers,
    sharedBytes: bytes("both"),
    onlyFirstBytes: bytes("first"),
    onlySecondBytes: bytes("second"),
  };
}

/** A setting that differs between two images. */
export interface ConfigDifference {
  readonly field: ConfigField;
  /** The variable or label, for fields that have several. */
  readonly name: string | undefined;
  /** Undefined where the image does not have it; values of variables are for those who ask. */
  readonly first: string | undefined;
  readonly second: string | undefined;
}

/** What of a config is compared. */
export type ConfigField =
  | "platform"
  | "entrypoint"
  | "command"
  | "variable"
  | "label"
  | "user"
  | "workingFolder"
  | "ports"
  | "volumes"
  | "stopSignal"
  | "healthCheck";

/** Lists what differs between two configs; an empty list is that nothing does. */
export function compareConfigs(
  first: ImageConfig,
  second: ImageConfig,
): readonly ConfigDifference[] {
  const fields: readonly (readonly [ConfigField, (config: ImageConfig) => string | undefined])[] = [
    ["platform", ({ platform }) => platform],
    ["entrypoint", ({ entrypoint }) => asJson(entrypoint)],
    ["command", ({ command }) => asJson(command)],
    ["user", ({ user }) => user],
    ["workingFolder", ({ workingFolder }) => workingFolder],
    ["ports", ({ ports }) => ports.toSorted().join(", ") || undefined],
    ["volumes", ({ volumes }) => volumes.toSorted().join(", ") || undefined],
    ["stopSignal", ({ stopSignal }) => stopSignal],
    ["healthCheck", ({ healthCheck }) => asJson(healthCheck)],
  ];
  return [
    ...fields.flatMap(([field, of]) => differ(field, undefined, of(first), of(second))),
    ...comparePairs("variable", first.variables, second.variables),
    ...comparePairs("label", first.labels, second.labels),
  ];
}

type Pairs = readonly (readonly [string, string])[];

function comparePairs(field: ConfigField, first: Pairs, second: Pairs): ConfigDifference[] {
  const inFirst = new Map(first);
  const inSecond = new Map(second);
  return [...new Set([...inFirst.keys(), ...inSecond.keys()])]
    .sort()
    .flatMap((name) => differ(field, name, inFirst.get(name), inSecond.get(name)));
}

function differ(
  field: ConfigField,
  name: string | undefined,
  first: string | undefined,
  second: string | undefined,
): ConfigDifference[] {
  return first === second ? [] : [{ field, name, first, second }];
}

function asJson(words: readonly string[]): string | undefined {
  return words.length === 0 ? undefined : JSON.stringify(words);
}
