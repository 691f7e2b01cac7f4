import type { Image } from "../registry.js";

/** The beginning of a digest, with or without its algorithm; shorter ones are in every second tag. */
const DIGEST_START = /^(?:sha(?:256|512):)?([0-9a-f]{2,})$/;

/**
 * Returns a function that tells whether an image fits a text: a part of one of its tags, whatever the
 * case, or the beginning of its digest.
 */
export function filterImages(text: string): (image: Image) => boolean {
  const wanted = text.trim().toLowerCase();
  const start = DIGEST_START.exec(wanted)?.[1];
  return ({ tags, digest }) =>
    tags.some((tag) => tag.toLowerCase().includes(wanted)) ||
    (start !== undefined && digest.startsWith(start, digest.indexOf(":") + 1));
}
