import type { Image } from "../registry.js";
import { sortByNumber } from "../sortByNumber.js";
import { sortInSlices } from "../sortInSlices.js";
import { compareText, tagsKey } from "./tagOrder.js";

/** The orders that a list of images can have, the usual one first. */
export const imageOrders = ["newest", "tag", "highest-tag", "largest", "last-pulled"] as const;

/** An order of images: by age, by natural tag order in both directions, by size or by last pull. */
export type ImageOrder = (typeof imageOrders)[number];

/** Reads an order that was kept; what makes no sense is the usual one. */
export function parseImageOrder(kept: unknown): ImageOrder {
  return imageOrders.find((order) => order === kept) ?? "newest";
}

/**
 * Returns a function that compares images; those without a tag, size or pull come last.
 *
 * It keeps the keys of what it has compared for as long as it is kept itself.
 */
export function compareImages(order: ImageOrder): (left: Image, right: Image) => number {
  if (order !== "tag" && order !== "highest-tag") {
    const rank = numberOf(order);
    return (left, right) => rank(right) - rank(left);
  }
  const keys = new WeakMap<Image, string>();
  const keyOf = (image: Image): string => {
    const known = keys.get(image);
    if (known !== undefined) return known;
    const key = orderKey(image);
    keys.set(image, key);
    return key;
  };
  return (left, right) => compareKeys(keyOf(left), keyOf(right), order);
}

/**
 * Sorts a long list of images; equal ones keep their order.
 *
 * `pace` is called now and then, and waits when it is others' turn: 100,000 tags take longer to
 * compare than a window may be held.
 */
export async function sortImages(
  images: readonly Image[],
  order: ImageOrder,
  pace: () => Promise<void>,
): Promise<readonly Image[]> {
  if (order !== "tag" && order !== "highest-tag") return sortByNumber(images, numberOf(order));
  const keyed: { readonly key: string; readonly image: Image }[] = [];
  for (const [index, image] of images.entries()) {
    keyed.push({ key: orderKey(image), image });
    if (index % KEYS_AT_ONCE === KEYS_AT_ONCE - 1) await pace();
  }
  const sorted = await sortInSlices(
    keyed,
    (left, right) => compareKeys(left.key, right.key, order),
    pace,
  );
  return sorted.map(({ image }) => image);
}

const KEYS_AT_ONCE = 4096;

/** Stands behind all keys of tags, in both directions. */
const UNTAGGED = "";

function orderKey({ tags }: Image): string {
  return tagsKey(tags) ?? UNTAGGED;
}

function compareKeys(left: string, right: string, order: "tag" | "highest-tag"): number {
  if (left === UNTAGGED || right === UNTAGGED) return right.length - left.length;
  return order === "tag" ? compareText(left, right) : compareText(right, left);
}

/** What images are ranked by, the greatest first; 0 where ECR tells nothing. */
function numberOf(order: "newest" | "largest" | "last-pulled"): (image: Image) => number {
  switch (order) {
    case "newest":
      return ({ pushedAt }) => pushedAt?.getTime() || 0;
    case "largest":
      return ({ sizeBytes }) => sizeBytes ?? 0;
    case "last-pulled":
      return ({ lastPulledAt }) => lastPulledAt?.getTime() || 0;
  }
}
