import type { Image } from "../../registry.js";
import { type CleanUpItem, type CleanUpPlan, narrowPlan } from "./planCleanUp.js";
import type { CleanUpFacts } from "./readForCleanUp.js";

/** A plan that was looked at again just before it is carried out. */
export interface RecheckedPlan extends CleanUpPlan {
  /** Images that were picked, and that somebody tagged, untagged or removed since. */
  readonly changed: readonly Image[];
}

/** Plans once more what somebody picked, with what the repository holds now. */
export function recheckPlan(
  picked: readonly CleanUpItem[],
  { images, manifests }: CleanUpFacts,
): RecheckedPlan {
  const now = new Map(images.map((image) => [image.digest, tagsOf(image)]));
  const isSame = (image: Image): boolean => now.get(image.digest) === tagsOf(image);
  const same = picked.filter(({ image }) => isSame(image)).map(({ image }) => image.digest);
  const changed = picked.filter(({ image }) => !isSame(image)).map(({ image }) => image);
  // What would go along only now, nobody has seen: it may be what somebody pushed a moment ago.
  const seen = new Set(picked.flatMap(({ image, along }) => [image, ...along].map(digestOf)));
  const plan = narrowPlan(images, manifests, new Set(same));
  const items = plan.items.map((item) => {
    const along = item.along.filter(({ digest }) => seen.has(digest));
    return along.length === item.along.length ? item : { ...item, along };
  });
  return { ...plan, items, changed };
}

function digestOf({ digest }: Image): string {
  return digest;
}

function tagsOf({ tags }: Image): string {
  return JSON.stringify([...tags].sort());
}
