import type { Image, TagMutability } from "../registry.js";
import { describeTag, type TagSource, type TagSuggestion } from "./tagSuggestions.js";

/** A tag as it was pushed, and what it was made from. */
interface FormerTag {
  readonly tag: string;
  readonly source: TagSource;
}

/** The longest tag that registries take. */
const MAX_LENGTH = 128;

/**
 * Returns the first tag after this one that no image carries: `1.4.1` after `1.4.0`, `9f2c4e1-2`
 * after `9f2c4e1`.
 */
export function nextFreeTag(tag: string, taken: ReadonlySet<string>): string {
  const version = /^(v?\d{1,9}\.\d{1,9}\.)(\d{1,9})$/.exec(tag);
  const counted = /^(.+-)(\d{1,6})$/.exec(tag);
  const [, stem = `${tag}-`, last = "1"] = version ?? counted ?? [];
  for (let number = Number(last) + 1; ; number += 1) {
    const next = `${stem.slice(0, MAX_LENGTH - String(number).length)}${String(number)}`;
    if (!taken.has(next)) return next;
  }
}

/** Suggests the tags of a push anew, with the next free one for each that may not move. */
export function suggestInstead(
  former: readonly FormerTag[],
  images: readonly Image[],
  mutability: TagMutability,
): readonly TagSuggestion[] {
  const taken = new Set(images.flatMap(({ tags }) => tags));
  return former.map(({ tag, source }) => {
    const suggestion = describeTag(tag, source, images, mutability);
    if (!suggestion.isLocked) return suggestion;
    const next = nextFreeTag(tag, taken);
    taken.add(next);
    return { ...describeTag(next, source, images, mutability), insteadOf: tag };
  });
}
